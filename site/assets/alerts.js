// Switches the alerts of this browser on and off. Whatever the server keeps is
// found by the address of the browser's push service alone.
const form = document.getElementById("alerts");
const off = document.getElementById("off");
const { key, worker, keep } = form.dataset;
const scope = worker.slice(0, worker.lastIndexOf("/") + 1);

function say(name) {
  for (const p of document.querySelectorAll("[data-say]")) p.hidden = p.dataset.say !== name;
}

// The account, if there is one, is not sent along.
const post = (path, what) =>
  fetch(path, { method: "POST", credentials: "omit", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what) });

function show(choice) {
  for (const b of form.querySelectorAll("[data-when]")) b.hidden = (b.dataset.when === "on") !== Boolean(choice);
  if (!choice) return;
  for (const box of form.querySelectorAll("[name=section]")) box.checked = choice.sections.includes(box.value);
  form.elements.neutral.checked = choice.neutral;
}

async function subscription() {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  return registration ? registration.pushManager.getSubscription() : null;
}

async function subscribe() {
  const registration = await navigator.serviceWorker.register(worker, { scope });
  await active(registration);
  const how = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await registration.pushManager.subscribe(how);
  } catch (wrong) {
    // One for another key stands in the way.
    const before = wrong.name === "InvalidStateError" && (await registration.pushManager.getSubscription());
    if (!before) throw wrong;
    await before.unsubscribe();
    return registration.pushManager.subscribe(how);
  }
}

function active(registration) {
  if (registration.active) return null;
  const next = registration.installing || registration.waiting;
  return new Promise((ready) => next.addEventListener("statechange", () => registration.active && ready()));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  form.setAttribute("aria-busy", "true");
  try {
    if ((await Notification.requestPermission()) !== "granted") return say("denied");
    const choice = { sections: new FormData(form).getAll("section"), neutral: form.elements.neutral.checked };
    const answer = await post(keep, { ...(await subscribe()).toJSON(), ...choice });
    if (!answer.ok) return say(answer.status === 429 ? "often" : "failed");
    show(choice);
    say("on");
  } catch {
    say("failed");
  } finally {
    form.removeAttribute("aria-busy");
  }
});

off.addEventListener("click", async () => {
  try {
    const was = await subscription();
    if (was) {
      await was.unsubscribe();
      await post(keep + "/off", { endpoint: was.endpoint });
    }
    const registration = await navigator.serviceWorker.getRegistration(scope);
    if (registration) await registration.unregister();
    show(null);
    say("off");
  } catch {
    say("failed");
  }
});

async function begin() {
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return;
  form.hidden = false;
  say(Notification.permission === "denied" ? "denied" : "");
  const now = await subscription();
  const answer = now && (await post(keep + "/mine", { endpoint: now.endpoint }));
  show(answer && answer.ok ? await answer.json() : null);
}

begin();
