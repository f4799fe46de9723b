package site

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// country is a country's name in a language; its code where it has none.
func country(lang, code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	if name := display.Regions(language.Make(lang)).Name(region); name != "" {
		return name
	}
	return code
}
