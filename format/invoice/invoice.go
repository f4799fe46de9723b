// Package invoice draws an invoice as a page of PDF, in the language that it
// was written in.
//
// It promises that every letter of English, Russian and Belarusian is in the
// file, whatever fonts the reader's machine has. It leaves to others what an
// invoice says and who may see it.
package invoice

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"wireroom/fault"
)

// Invoice is what stands on the page.
type Invoice struct {
	Number           int64
	Lang             string // "en", "ru" or "be"; any other is English
	Day              string // 2026-11-25
	Issuer, Customer string // lines
	Item             string // the plan
	Seats            int
	Since, Until     string // days
	Currency         string // ISO 4217
	Amount           int64  // in the smallest unit
}

// words are those that every invoice has.
type words struct{ title, day, from, to, item, seats, period, amount, total string }

var said = map[string]words{
	"en": {"Invoice", "Date", "From", "To", "Subscription", "Seats", "Period", "Amount", "To pay"},
	"ru": {"Счёт", "Дата", "От кого", "Кому", "Подписка", "Мест", "Период", "Сумма", "К оплате"},
	"be": {"Рахунак", "Дата", "Ад каго", "Каму", "Падпіска", "Месцаў", "Перыяд", "Сума", "Да аплаты"},
}

// whole are the currencies that have no smaller unit.
var whole = map[string]bool{"JPY": true, "KRW": true, "CLP": true, "ISK": true, "VND": true}

// Money writes an amount with its currency.
func Money(amount int64, currency string) string {
	if whole[currency] {
		return fmt.Sprintf("%d %s", amount, currency)
	}
	return fmt.Sprintf("%d.%02d %s", amount/100, amount%100, currency)
}

// date writes a day as the language does.
func (i Invoice) date(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	switch {
	case err != nil:
		return day
	case i.Lang == "ru" || i.Lang == "be":
		return t.Format("02.01.2006")
	}
	return t.Format("2 January 2006")
}

const (
	margin = 22.0 // mm
	width  = 210 - 2*margin
)

// PDF draws the invoice.
func PDF(i Invoice) ([]byte, error) {
	w, ok := said[i.Lang]
	if !ok {
		w = said["en"]
	}
	p := fpdf.New("P", "mm", "A4", "")
	p.AddUTF8FontFromBytes("go", "", goregular.TTF)
	p.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	p.SetMargins(margin, margin, margin)
	p.SetTitle(fmt.Sprintf("%s %04d", w.title, i.Number), true)
	p.SetLang(i.Lang)
	p.AddPage()
	p.SetFont("go", "B", 20)
	p.CellFormat(width, 12, fmt.Sprintf("%s № %04d", w.title, i.Number), "", 1, "L", false, 0, "")
	p.SetFont("go", "", 10)
	p.CellFormat(width, 7, w.day+": "+i.date(i.Day), "", 1, "L", false, 0, "")
	p.Ln(8)
	top := p.GetY()
	left := block(p, margin, top, w.from, i.Issuer)
	right := block(p, margin+width/2+4, top, w.to, i.Customer)
	p.SetXY(margin, max(left, right)+10)
	table(p, w, i)
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		return nil, fault.Internal("draw an invoice", err)
	}
	return b.Bytes(), nil
}

// block writes lines under a heading and gives where they end.
func block(p *fpdf.Fpdf, x, y float64, head, lines string) float64 {
	const column = width/2 - 4
	p.SetXY(x, y)
	p.SetFont("go", "B", 8)
	p.SetTextColor(93, 90, 82)
	p.CellFormat(column, 6, head, "", 2, "L", false, 0, "")
	p.SetFont("go", "", 10)
	p.SetTextColor(0, 0, 0)
	p.SetX(x)
	p.MultiCell(column, 5, strings.ReplaceAll(lines, "\r\n", "\n"), "", "L", false)
	return p.GetY()
}

// table has the one line of the invoice, and the sum.
func table(p *fpdf.Fpdf, w words, i Invoice) {
	columns := []float64{width - 104, 16, 54, 34}
	p.SetFont("go", "B", 8)
	for n, text := range []string{w.item, w.seats, w.period, w.amount} {
		p.CellFormat(columns[n], 7, text, "B", 0, align(n), false, 0, "")
	}
	p.Ln(8)
	p.SetFont("go", "", 10)
	y := p.GetY()
	p.MultiCell(columns[0], 5, i.Item, "", "L", false)
	end := p.GetY()
	p.SetXY(margin+columns[0], y)
	p.CellFormat(columns[1], 5, fmt.Sprint(i.Seats), "", 0, align(1), false, 0, "")
	x := p.GetX()
	p.MultiCell(columns[2], 5, i.date(i.Since)+" –\n"+i.date(i.Until), "", align(2), false)
	end = max(end, p.GetY())
	p.SetXY(x+columns[2], y)
	p.CellFormat(columns[3], 5, Money(i.Amount, i.Currency), "", 0, align(3), false, 0, "")
	p.SetXY(margin, end+3)
	p.SetFont("go", "B", 12)
	p.CellFormat(width-44, 10, w.total, "T", 0, "L", false, 0, "")
	p.CellFormat(44, 10, Money(i.Amount, i.Currency), "T", 1, "R", false, 0, "")
}

func align(column int) string {
	if column == 0 {
		return "L"
	}
	return "R"
}
