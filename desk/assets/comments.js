// A passage that is marked in the text becomes the one that a comment is about.
const form = document.querySelector("form[data-comment]");
const text = document.querySelector(".middle .preview .text");

// blockOf is the number of the block, as the form's list has it.
function blockOf(node) {
  let el = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  while (el && el.parentElement !== text) el = el.parentElement;
  if (!el) return -1;
  const blocks = [...text.children].filter((e) => !e.matches(".passage, .cut"));
  return blocks.indexOf(el);
}

if (form && text) {
  const shown = form.querySelector("[data-quote]");
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const quote = chosen.toString().trim();
    if (!quote || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) return;
    const range = chosen.getRangeAt(0);
    const block = blockOf(range.startContainer);
    if (block < 0 || block !== blockOf(range.endContainer)) return;
    form.elements.quote.value = quote.slice(0, 500);
    const option = [...form.elements.block.options].find((o) => o.value === String(block));
    if (option) form.elements.block.value = option.value;
    shown.textContent = "“" + quote.slice(0, 200) + "”";
    shown.hidden = false;
  });
  form.elements.block.addEventListener("change", () => {
    form.elements.quote.value = "";
    shown.hidden = true;
  });
}
