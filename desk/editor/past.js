// Background of the story's topics: a paragraph goes in where the cursor is, and
// what is offered follows the topics as they are typed.
import { insert } from "./copybook.js"

export function pasts(page) {
  const { form } = page
  const place = () => form.querySelector("#past")
  form.addEventListener("click", (e) => {
    const button = e.target.closest("button[data-past]")
    if (!button) return
    e.preventDefault()
    if (page.view.editable) insert(page, page.view, { doc: JSON.parse(button.dataset.past) })
    page.view.focus()
  })
  let asked = 0
  form.addEventListener("change", async (e) => {
    if (e.target.name !== "topic" && e.target.name !== "lang") return
    const mine = ++asked
    const query = new URLSearchParams({ lang: page.language(), story: page.story })
    for (const input of form.querySelectorAll("input[name=topic]")) if (input.value.trim()) query.append("topic", input.value)
    try {
      const answer = await fetch(`/desk/background?${query}`)
      const told = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#past")
      if (told && mine === asked) place().replaceWith(told)
    } catch {
      // What is offered stays as it was.
    }
  })
}

// offered are the paragraphs as the copybook's list takes them.
export function offered(page) {
  return [...page.form.querySelectorAll("button[data-past]")].map((button) => ({
    name: button.dataset.when, topic: button.closest("li").querySelector(".what").textContent, headline: "", doc: JSON.parse(button.dataset.past),
  }))
}
