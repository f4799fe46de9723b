// Package words speaks the screens' three languages: English, Russian and
// Belarusian. Each face keeps its own sentences in words/en.toml, ru.toml and
// be.toml; this package adds what all share: days, months, relative times.
//
// It promises that a sentence missing in one language is found when the
// program starts, not when a reader meets it. An agency's own words (sections,
// plans, notices) are not here but in its masthead.
package words
