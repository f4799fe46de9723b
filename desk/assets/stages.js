// On a narrow screen the stages stand in a strip; the chosen one is in sight.
document.querySelector(".stages [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" })
