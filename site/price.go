package site

import (
	"strconv"
	"strings"

	"wireroom/masthead"
)

// signs are how the currencies that readers here pay in are written.
var signs = map[string]string{"EUR": "€", "USD": "$", "GBP": "£", "PLN": "zł", "UAH": "₴", "GEL": "₾", "RUB": "₽", "JPY": "¥"}

// wholeCurrencies are those whose smallest unit is the currency itself.
var wholeCurrencies = map[string]bool{"JPY": true, "KRW": true, "ISK": true}

// money writes an amount as the language does: €4.50, 4,50 €.
func money(lang, currency string, amount int64) string {
	text := strconv.FormatInt(amount, 10)
	if !wholeCurrencies[currency] {
		text = strconv.FormatInt(amount/100, 10)
		if cents := amount % 100; cents != 0 {
			point := map[bool]string{true: ".", false: ","}[lang == "en"]
			text += point + strconv.FormatInt(100+cents, 10)[1:]
		}
	}
	sign, known := signs[currency]
	switch {
	case !known:
		return text + "\u00a0" + currency
	case lang == "en" && strings.ContainsAny(sign, "€$£¥"):
		return sign + text
	}
	return text + "\u00a0" + sign
}

// price says what a period of a plan costs: "€4 a month".
func (m *moment) price(p masthead.Price) string {
	amount := money(m.lang, p.Currency, p.Amount)
	switch {
	case p.Days >= 28 && p.Days <= 31:
		return m.words.T(m.lang, "price-month", "amount", amount)
	case p.Days == 365 || p.Days == 366:
		return m.words.T(m.lang, "price-year", "amount", amount)
	}
	return m.words.T(m.lang, "price-days", "amount", amount, "n", p.Days)
}
