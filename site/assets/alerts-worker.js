// Shows alerts while no page is open. It keeps nothing, fetches no page and
// touches no request.
const news = (event) => {
  try {
    return event.data.json();
  } catch {
    return { kind: "news", tag: "news", title: self.location.hostname, path: "/", wire: 0 };
  }
};

async function ring(told) {
  const shown = (await self.registration.getNotifications({ tag: told.tag }))[0];
  const withdrawn = told.kind === "withdrawal";
  // Push services keep no order: what came later on the wire stays.
  if (shown && shown.data.wire > told.wire) {
    return self.registration.showNotification(shown.title, { body: shown.body, lang: shown.lang, tag: shown.tag, data: shown.data, silent: true });
  }
  return self.registration.showNotification(told.title, {
    body: told.body || "",
    lang: told.lang,
    tag: told.tag,
    data: { path: told.path, wire: told.wire },
    renotify: told.kind === "news",
    silent: withdrawn || undefined,
  });
}

self.addEventListener("push", (event) => event.waitUntil(ring(news(event))));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const to = new URL(event.notification.data.path, self.location.origin);
  if (to.origin === self.location.origin) event.waitUntil(self.clients.openWindow(to.href));
});

// The push service gave this browser another address.
async function renew(event) {
  const before = event.oldSubscription;
  if (!before) return;
  const now = event.newSubscription || (await self.registration.pushManager.subscribe(before.options));
  await fetch("/alerts/renewal", {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...now.toJSON(), was: before.endpoint }),
  });
}

self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));
self.addEventListener("install", () => self.skipWaiting());
