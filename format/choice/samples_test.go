package choice_test

import (
	"time"

	"wireroom/format"
	. "wireroom/story"
)

var sent = time.Date(2024, time.October, 25, 14, 3, 7, 0, time.UTC)

func cell(head bool, s string) Node {
	return Node{Type: TableCell, Attrs: &Attrs{Header: head}, Content: []Node{Plain(s)}}
}

func row(cells ...Node) Node { return Node{Type: TableRow, Content: cells} }

func listItem(s string) Node { return Node{Type: ListItem, Content: []Node{Para(Plain(s))}} }

// samples are items with what formats stumble over.
func samples() []format.Item {
	cranes := format.Item{
		URI: "urn:uuid:0192c3a4-0000-7000-8000-000000000001", Number: 161418, Version: 2, Type: "text", Signal: SignalUpdate, Lang: "en",
		Page: "https://example.org/en/news/161418", Created: sent, Changed: sent.Add(40 * time.Minute), Dateline: "Port Anna, October 25, Kurjer.",
		Content: Content{Slug: "port-cranes", Headline: "Cranes “return” – mayor & council <all>", Teaser: "They are back, says the mayor’s office.",
			Byline: "Alena Novik", Credit: "Kurjer", Place: "Port Anna", Urgency: 3, Keywords: []string{"cranes", "harbour"}, Body: cranesBody()},
		Subjects: []format.Subject{
			{ID: "sea", Code: "medtop:20000419", Name: "Sea", Names: map[string]string{"en": "Sea", "ru": "Море", "be": "Мора"}},
			{ID: "port-life", Name: "Port life"},
		},
		Advisory: "Adds the minister’s reaction in paragraph 3", Holder: "Kurjer", Copyright: "© Kurjer 2024",
		Pictures: []format.Picture{{ID: "p1", Caption: "A crane in the port", Credit: "Ihar Les", Alt: "A yellow crane", Sizes: []format.Size{
			{Href: "https://example.org/m/p1-320.jpg", Type: "image/jpeg", Width: 320, Height: 240, Bytes: 12000},
			{Href: "https://example.org/m/p1-1280.jpg", Type: "image/jpeg", Width: 1280, Height: 960, Bytes: 96000},
		}}},
		Siblings: []format.Sibling{{URI: "urn:uuid:0192c3a4-0000-7000-8000-000000000002", Lang: "be", Headline: "Краны вярнуліся", Page: "https://example.org/be/news/161419"}},
	}
	be := format.Item{
		URI: "urn:uuid:0192c3a4-0000-7000-8000-000000000002", Number: 161419, Version: 1, Type: "text", Signal: SignalNew, Lang: "be",
		Page: "https://example.org/be/news/161419", Created: sent, Changed: sent,
		Content: Content{Slug: "port-cranes", Headline: "Краны вярнуліся", Credit: "Kurjer", Urgency: 4, Embargo: sent.Add(48 * time.Hour),
			Body: Body{Blocks: []Node{Para(Plain("Краны вярнуліся ў порт, – паведамляе мэр. «Усе да аднаго», – дадала яна.")), Para(Plain("Ў, і, ’ — на месцы."))}}},
	}
	killed := format.Item{
		URI: "urn:uuid:0192c3a4-0000-7000-8000-000000000003", Number: 161420, Version: 3, Type: "text", Status: Canceled, Signal: SignalKill, Lang: "ru",
		Created: sent, Changed: sent.Add(2 * time.Hour), Correction: "Не печатать: имя пострадавшего названо неверно",
		Content: Content{Slug: "ferry", Headline: "Паром продан", Urgency: 1},
	}
	held := killed
	held.URI, held.Number, held.Status, held.Signal = "urn:uuid:0192c3a4-0000-7000-8000-000000000004", 161421, Withheld, SignalHold
	return []format.Item{cranes, be, killed, held}
}

func cranesBody() Body {
	return Body{Blocks: []Node{
		Para(Plain("They "), Marked("the cranes", Insertion), Plain(" are back, "), Marked("all of ", Strong), Marked("them", Strong, Emphasis), Plain(".")),
		{Type: PictureNode, Attrs: &Attrs{Picture: "p1", Caption: "A crane in the port", Credit: "Ihar Les", Alt: "A yellow crane"}},
		{Type: Heading, Attrs: &Attrs{Level: 2}, Content: []Node{Plain("What is next")}},
		{Type: BlockQuote, Content: []Node{Para(Plain("“Nobody knows,” she said & left.")), Para(Plain("Then she came back."))}},
		Para(Linked("The council’s page", "https://example.org/a?b=1&c=2"), Plain(" has\u00a0more:"), Node{Type: HardBreak}, Plain("first line, second  column   third")),
		{Type: BulletList, Content: []Node{listItem("a < b"), listItem("b > a")}},
		{Type: OrderedList, Content: []Node{listItem("one"), listItem("two")}},
		{Type: Table, Content: []Node{row(cell(true, "Year"), cell(true, "Cranes")), row(cell(false, "2023"), cell(false, "12")), row(cell(false, "2024"), cell(false, "14"))}},
		Para(Plain("–30–")),
	}}
}
