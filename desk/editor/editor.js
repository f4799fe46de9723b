// The writing page: sets the editor where the plain field stands, and ties to
// it what watches over the words.
import { Page } from "./page.js"
import { write } from "./write.js"

const form = document.querySelector("form[data-editor]")
if (form) write(new Page(form))
