// The signs on the toolbar's buttons, drawn in a box of 16.
const paths = {
  strong: "M4.5 2.5h4a2.7 2.7 0 0 1 0 5.4h-4zm0 5.4h4.6a2.8 2.8 0 0 1 0 5.6H4.5z",
  em: "M7 2.5h5M4 13.5h5M9.8 2.5l-3.6 11",
  insertion: "M6 2.5H3.5v11H6M10 2.5h2.5v11H10M6 10.5l2-5 2 5M6.7 9h2.6",
  heading2: "M2 3v10M7.5 3v10M2 8h5.5M10 6.3a2 2 0 1 1 3.6 1.2L10 13h4.2",
  heading3: "M2 3v10M7.5 3v10M2 8h5.5M10.2 4.5H14l-2.4 3.3a2.6 2.6 0 1 1-1.8 4.2",
  bullets: "M6 3.5h8M6 8h8M6 12.5h8M2.5 3.5h.6M2.5 8h.6M2.5 12.5h.6",
  numbers: "M6.5 3.5H14M6.5 8H14M6.5 12.5H14M2 3l1.2-.8V6M2 10.3c1.5-1.2 2.6.2 1.3 1.4L2 13.2h2.2",
  quote: "M2.5 4v4.5h4V4h-4zm4 4.5c0 2-1 3-2.5 3.5M9.5 4v4.5h4V4h-4zm4 4.5c0 2-1 3-2.5 3.5",
  link: "M6.5 9.5a3 3 0 0 0 4.3 0l2.4-2.4A3 3 0 0 0 9 2.8L7.8 4M9.5 6.5a3 3 0 0 0-4.3 0L2.8 8.9A3 3 0 0 0 7 13.2L8.2 12",
  picture: "M2 3h12v10H2zM2 11l3.5-3.5 3 3 2-2L14 12M10.2 6h.6",
  table: "M2 3h12v10H2zM2 6.3h12M2 9.6h12M6 3v10M10 3v10",
  copybook: "M3.5 2.5h9v11h-9zM6 5.5h4M6 8h4M6 10.5h2",
  comment: "M2.5 3h11v8h-6l-3 2.5V11h-2z",
  undo: "M6 3L3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H6",
  redo: "M10 3l3 3-3 3M13 6H6.500a3.500 3.500 0 0 0 0 7H10",
  crop: "M4.500 1.500v10h10M1.500 4.500h10v10",
  help: "M5.700 6a2.300 2.300 0 1 1 3.300 2c-.7.4-1 .8-1 1.600M8 12.200v.6",
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  svg.setAttribute("viewBox", "0 0 16 16")
  svg.setAttribute("aria-hidden", "true")
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path")
  path.setAttribute("d", paths[name])
  svg.append(path)
  return svg
}
