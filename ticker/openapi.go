package ticker

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"wireroom/format/choice"
)

// parameter is one that an address takes.
type parameter struct{ name, in, kind, says string }

// answer is one that an address may give.
type answer struct {
	status int
	says   string
	schema string // "" is bytes, "stream" events
}

var (
	formatParameter = parameter{"format", "query", "string", "How items are written; one of the formats in your contract. Accept chooses as well."}
	pathID          = parameter{"id", "path", "string", "The story: its id, with or without urn:uuid: before it."}
	pathPicture     = parameter{"picture", "path", "string", "The picture's id."}
	pathWidth       = parameter{"width", "path", "integer", "One of the widths that the item gives."}

	badRequest = answer{http.StatusBadRequest, "A parameter is wrong; name says which and detail how it is written.", "Problem"}
	notFound   = answer{http.StatusNotFound, "There is no such thing that you may have.", "Problem"}
)

// always are the answers that any address for clients may give.
var always = []answer{
	{http.StatusUnauthorized, "The token is missing or does not count.", "Problem"},
	{http.StatusForbidden, "The contract has not begun, or the network is not in it.", "Problem"},
	{http.StatusTooManyRequests, "Too many requests in this minute; see Retry-After.", "Problem"},
}

type object = map[string]any

var pathName = regexp.MustCompile(`\{(\w+)\}`)

// openAPI describes the addresses, made from the table that serves them.
func (t *Ticker) openAPI(w http.ResponseWriter, _ *http.Request) error {
	data, err := json.MarshalIndent(t.description(), "", "  ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "public, max-age=300")
	_, _ = w.Write(append(data, '\n'))
	return nil
}

func (t *Ticker) description() object {
	paths := object{}
	for _, e := range t.entries() {
		at, _ := paths[e.pattern].(object)
		if at == nil {
			at = object{}
			paths[e.pattern] = at
		}
		at[strings.ToLower(e.method)] = e.description()
	}
	return object{
		"openapi": "3.1.0",
		"info":    object{"title": "The wire of " + t.Masthead().Name, "version": "1", "description": "What went out, by numbers that grow by one. The documentation is at " + docsURL + "."},
		"servers": []object{{"url": server(t.Masthead().PublicURL)}},
		"paths":   paths,
		"components": object{
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer"}},
			"schemas":         schemas(),
		},
		"security": []object{{"token": []string{}}},
	}
}

func server(url string) string {
	if url == "" {
		return "/"
	}
	return url
}

func (e entry) description() object {
	d := object{"summary": e.says, "operationId": operation(e)}
	var takes []object
	for _, p := range e.takes {
		schema := object{"type": p.kind}
		if p.name == formatParameter.name {
			schema["enum"] = names()
		}
		takes = append(takes, object{"name": p.name, "in": p.in, "required": p.in == "path", "description": p.says, "schema": schema})
	}
	if takes != nil {
		d["parameters"] = takes
	}
	if e.body != "" {
		d["requestBody"] = object{"required": true, "content": content(e.body)}
	}
	gives := object{}
	for _, a := range append(append([]answer{}, e.gives...), always...) {
		gives[strconv.Itoa(a.status)] = object{"description": a.says, "content": content(a.schema)}
	}
	d["responses"] = gives
	return d
}

func operation(e entry) string {
	rest := strings.Trim(pathName.ReplaceAllString(strings.TrimPrefix(e.pattern, "/wire/v1/"), "by_$1"), "/")
	return strings.ToLower(e.method) + "_" + strings.ReplaceAll(rest, "/", "_")
}

func names() []string {
	var all []string
	for _, f := range choice.Formats() {
		all = append(all, f.Name)
	}
	return all
}

func content(schema string) object {
	switch schema {
	case "":
		return object{"image/*": object{}}
	case "stream":
		return object{"text/event-stream": object{"schema": object{"type": "string", "description": "Events whose id is the number on the wire, whose name is the signal and whose data is a Record. Comments are signs of life. The last event of a line is named end."}}}
	case "Problem":
		return object{"application/problem+json": object{"schema": reference(schema)}}
	}
	return object{"application/json": object{"schema": reference(schema)}}
}

func reference(schema string) object { return object{"$ref": "#/components/schemas/" + schema} }

// schemas are the shapes of what is sent and given.
func schemas() object {
	text := func(says string) object { return object{"type": "string", "description": says} }
	whole := func(says string) object { return object{"type": "integer", "description": says} }
	truth := func(says string) object { return object{"type": "boolean", "description": says} }
	list := func(of string) object { return object{"type": "array", "items": reference(of)} }
	shape := func(required string, properties object) object {
		return object{"type": "object", "required": strings.Fields(required), "properties": properties}
	}
	told := object{
		"number": whole("Its place on the wire."), "at": text("When it went out."),
		"signal":  object{"type": "string", "enum": []string{"new", "update", "correction", "hold", "release_hold", "kill", "lift"}},
		"release": whole("The how-manieth release of the story."), "story": text("The story, for ever: urn:uuid:…"), "language": text("Its language."),
		"urgency": whole("IPTC, 1 (flash) to 9."), "status": object{"type": "string", "enum": []string{"usable", "withheld", "canceled"}},
		"superseded": truth("A later release is out; it has the text."), "archive": truth("It was taken over from an archive: alert nobody."),
		"receipt": truth("Confirm this one at " + receiptURL + "."), "notice": text("Of a kill: why."), "short": text("The same in one line."),
		"left": truth("You were given the story, and it has gone on where your contract does not reach: what you have is not to be used any more."),
		"item": object{"description": "The story as it is now, in the format that was asked for."}, "document": text("The same in a format that is not JSON."),
	}
	const required = "number at signal release story language urgency status"
	one := object{"releases": list("Record"), "versions": list("Version")}
	for name, s := range told {
		one[name] = s
	}
	return object{
		"Record":  shape(required, told),
		"Page":    shape("records next more", object{"records": list("Record"), "urgent": list("Record"), "next": whole("Ask after this number."), "more": truth("There is more now.")}),
		"Story":   shape(required+" releases versions", one),
		"Version": shape("story language headline href", object{"story": text("Its id."), "language": text("Its language."), "headline": text("Its headline."), "href": text("Where it is.")}),
		"Receipt": shape("number", object{"number": whole("The record's number."), "confirmed": text("When it was confirmed first.")}),
		"Problem": shape("type title status detail", object{"type": text("about:blank"), "title": text("What is wrong."), "status": whole("The HTTP status."), "detail": text("What to do."), "name": text("The parameter that is wrong.")}),
	}
}
