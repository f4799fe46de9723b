package ninjs

// rule says what a value may be.
type rule struct {
	kind     kind
	words    []string          // of a text: nothing else; "component@1.2" since that version
	from, to float64           // of a whole number
	form     func(string) bool // of a text
	fields   map[string]*rule  // of an object, by the name in small letters
	named    []string          // of an object: beginnings of further names
	each     *rule             // of an array's elements, or of each member of an object
	need     []string          // members that an object must have
	not      [][2]string       // members that may not stand together
	either   [][2]string       // of which an object must have exactly one
	open     bool              // an object may have members not named here
	since    string            // version that brought it
	or       *rule             // another form, in which a later version has it
}

type kind int

const (
	text kind = iota
	number
	whole
	object
	array
)

func (k kind) String() string {
	return [...]string{"a text", "a number", "a whole number", "an object", "a list"}[k]
}

func list(each *rule) *rule { return &rule{kind: array, each: each} }

func obj(fields map[string]*rule) *rule { return &rule{kind: object, fields: fields} }

// texts makes members that are plain texts.
func texts(names ...string) map[string]*rule {
	m := map[string]*rule{}
	for _, n := range names {
		m[n] = &rule{}
	}
	return m
}

func also(m map[string]*rule, more map[string]*rule) map[string]*rule {
	for n, r := range more {
		m[n] = r
	}
	return m
}

func between(from, to float64) *rule { return &rule{kind: whole, from: from, to: to} }

func concept(more map[string]*rule) *rule {
	return list(obj(also(texts("name", "rel", "scheme", "code", "uri", "literal", "role"), more)))
}

var (
	kinds  = &rule{words: []string{"text", "audio", "video", "picture", "graphic", "composite", "component@1.2", "event@3.0", "planning@3.0"}}
	status = &rule{words: []string{"usable", "withheld", "canceled"}}

	contact = list(&rule{
		kind: object,
		fields: also(texts("type", "role", "lang", "name", "value"), map[string]*rule{
			"address": obj(also(texts("locality", "area", "postalcode", "country"), map[string]*rule{"lines": list(&rule{})})),
		}),
		either: [][2]string{{"value", "address"}},
	})
	organisation = map[string]*rule{
		"symbols":     list(obj(texts("ticker", "exchange", "symboltype", "symbol"))),
		"contactinfo": contact,
	}
	score   = map[string]*rule{"creator": {}, "relevance": between(0, 100), "confidence": between(0, 100)}
	geojson = &rule{kind: object, open: true, need: []string{"type"}, fields: map[string]*rule{
		"type": {words: []string{"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
			"GeometryCollection", "Feature", "FeatureCollection"}},
	}}
	place = list(&rule{
		kind:   object,
		fields: also(texts("name", "rel", "scheme", "code", "uri", "literal"), map[string]*rule{"geojson": geojson, "contactinfo": contact}),
		named:  []string{"geometry_"},
	})
	wording   = list(&rule{kind: object, need: []string{"value"}, fields: also(texts("role", "contenttype", "value"), numbers("charcount", "wordcount"))})
	rendition = also(texts("name", "href", "mimetype", "contenttype", "title", "format", "aspectratio", "videocodec",
		"transportprotocol", "bitrate"), also(numbers("width", "height", "sizeinbytes", "duration", "framerate"), map[string]*rule{
		"scantype": {words: []string{"progressive", "interlaced"}},
		"poi":      obj(numbers("x", "y")),
	}))
	renditions = &rule{kind: object, each: obj(rendition), or: list(&rule{kind: object, fields: rendition, need: []string{"name"}})}
	dates      = &rule{
		kind: object,
		// Examples that came with 3.0 still say "estimated".
		fields: also(texts("startdate", "enddate", "estimatedstartdate", "estimatedenddate", "expectedduration"), map[string]*rule{
			"expectedstartdate": {form: truncatedDate},
			"expectedenddate":   {form: truncatedDate},
			"recurrence": obj(map[string]*rule{
				"recurrencedates": list(&rule{form: truncatedDate}),
				"recurrencerules": list(&rule{kind: object, open: true}),
			}),
		}),
		not: [][2]string{{"startdate", "expectedstartdate"}, {"enddate", "expectedenddate"}},
	}
	advice = list(&rule{kind: object, open: true, fields: map[string]*rule{
		"importance": {kind: object, open: true, need: []string{"code"}},
		"lifetime":   {kind: object, open: true, need: []string{"code"}},
	}})
)

func numbers(names ...string) map[string]*rule {
	m := map[string]*rule{}
	for _, n := range names {
		m[n] = &rule{kind: number}
	}
	return m
}

// newsItem is the item of all versions at once: what a name means never
// changed, only which names there are.
var newsItem = func() *rule {
	item := &rule{kind: object, need: []string{"uri"}, named: []string{"body_", "description_", "headline_"}, fields: also(texts(
		"uri", "mimetype", "profile", "version", "firstcreated", "versioncreated", "contentcreated", "embargoed",
		"embargoeduntil", "copyrightholder", "copyrightnotice", "usageterms", "ednote", "language", "title", "byline", "by",
		"headline", "slugline", "located", "expires"), numbers("charcount", "wordcount"))}
	also(item.fields, map[string]*rule{
		"type": kinds, "pubstatus": status, "urgency": between(1, 9),
		"representationtype": {words: []string{"complete", "incomplete", "full@2.0", "partial@2.0"}},
		"headlines":          wording, "descriptions": wording, "bodies": wording,
		"person": concept(map[string]*rule{"contactinfo": contact}), "people": concept(map[string]*rule{"contactinfo": contact}),
		"organisation": concept(organisation), "organisations": concept(organisation),
		"place": place, "places": place,
		"subject": concept(score), "subjects": concept(score),
		"event": concept(nil), "events": concept(texts("id")),
		"object": concept(nil), "objects": concept(nil),
		"genre": concept(nil), "genres": concept(nil),
		"infosource": concept(map[string]*rule{"contactinfo": contact}), "infosources": concept(map[string]*rule{"contactinfo": contact}),
		"renditions":        renditions,
		"altids":            {kind: object, open: true, or: list(obj(texts("role", "value")))},
		"trustindicator":    list(obj(texts("scheme", "code", "title", "href"))),
		"trustindicators":   list(obj(texts("role", "title", "href"))),
		"$standard":         obj(texts("name", "version", "schema")),
		"standard":          obj(texts("name", "version", "schema")),
		"rightsinfo":        {kind: object, fields: texts("langid", "linkedrights", "encodedrights"), either: [][2]string{{"linkedrights", "encodedrights"}}},
		"digitalsourcetype": obj(texts("name", "uri", "literal")),
		"eventdetails": obj(also(texts("eventstatus", "plannedcoveragestatus"), map[string]*rule{
			"dates": dates, "organiser": obj(also(texts("name", "rel", "uri", "literal"), organisation)),
		})),
		"plannedcoverage": list(&rule{kind: object, open: true, fields: map[string]*rule{
			"uri": {}, "title": {}, "pubstatus": status, "type": kinds, "urgency": between(1, 9), "language": {}, "dates": dates,
			"renditions": list(obj(rendition)),
		}}),
		"advices": advice,
	})
	item.fields["infosource"].since = "1.2"
	item.fields["events"].or = item.fields["events"].each // as those examples have it too
	associated := &rule{kind: object, fields: also(texts("name", "rel"), item.fields), named: item.named, need: []string{"name", "uri"}}
	item.fields["associations"] = &rule{kind: object, each: item, or: list(associated)}
	associated.fields["associations"] = item.fields["associations"]
	return item
}()
