// Makes passkeys and signs in by them: the server asks, the browser answers.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0))
const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")

const post = async (url, body) => {
	const reply = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(body) })
	const json = reply.headers.get("Content-Type")?.startsWith("application/json") ? await reply.json() : {}
	if (!reply.ok) throw new Error(json.why ?? "")
	return json
}

// The parts that the server writes as text and the browser takes as bytes.
const read = (options) => {
	options.challenge = bytes(options.challenge)
	if (options.user) options.user.id = bytes(options.user.id)
	for (const key of [...(options.excludeCredentials ?? []), ...(options.allowCredentials ?? [])]) key.id = bytes(key.id)
	return { publicKey: options }
}

const written = (key) => {
	const response = {}
	for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
		if (key.response[part]) response[part] = text(key.response[part])
	}
	if (key.response.getTransports) response.transports = key.response.getTransports()
	return { id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: key.getClientExtensionResults(), response }
}

const run = async (form) => {
	const { token, options } = await post(form.dataset.ask, {})
	const asked = read(options.publicKey)
	const key = await (asked.publicKey.user ? navigator.credentials.create(asked) : navigator.credentials.get(asked))
	return post(form.action, { token, name: form.elements.name?.value ?? "", answer: written(key) })
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
	const says = form.querySelector("[role=status]")
	if (!window.PublicKeyCredential) {
		form.querySelector("button").disabled = true
		says.textContent = form.dataset.none
		continue
	}
	form.addEventListener("submit", async (e) => {
		e.preventDefault()
		says.textContent = form.dataset.wait
		try {
			location.assign((await run(form)).to)
		} catch (error) {
			const known = error.name === "InvalidStateError" ? form.dataset.twice : error.name === "NotAllowedError" ? form.dataset.given : ""
			says.textContent = known || error.message || form.dataset.failed
		}
	})
}
