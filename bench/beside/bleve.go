package main

import (
	"path/filepath"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en" // the analyser of English
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
)

// inBleve indexes texts with English stems and positions and does not store them.
func inBleve(dir string, kinds []kind) error {
	folder := filepath.Join(dir, "index.bleve")
	index, err := bleve.New(folder, fields())
	if err != nil {
		return err
	}
	defer index.Close()
	if err := fillBleve(index, dir); err != nil {
		return err
	}
	if err := sizes(folder); err != nil {
		return err
	}
	return measure(kinds, func(k kind, q string) (int, error) {
		r := bleve.NewSearchRequestOptions(asked(q), shown, 0, false)
		if !k.Best {
			r.SortBy([]string{"-Sent"})
		}
		found, err := index.Search(r)
		if err != nil {
			return 0, err
		}
		return len(found.Hits), nil
	})
}

func fields() mapping.IndexMapping {
	text := bleve.NewTextFieldMapping()
	text.Analyzer, text.Store, text.IncludeInAll, text.DocValues, text.IncludeTermVectors = "en", false, false, false, true
	sent := bleve.NewDateTimeFieldMapping()
	sent.Store, sent.IncludeInAll = false, false
	document := bleve.NewDocumentStaticMapping()
	document.AddFieldMappingsAt("Text", text)
	document.AddFieldMappingsAt("Sent", sent)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = document
	return m
}

// fillBleve indexes each story as one text that begins with its headline.
func fillBleve(index bleve.Index, dir string) error {
	batch := index.NewBatch()
	return fill("Bleve", dir, func(n int, s story) error {
		s.Text = s.Headline + "\n" + s.Text
		return batch.Index(strconv.Itoa(n), s)
	}, func() error {
		defer batch.Reset()
		return index.Batch(batch)
	})
}

func asked(q string) query.Query {
	if phrase, ok := strings.CutPrefix(q, `"`); ok {
		p := bleve.NewMatchPhraseQuery(strings.TrimSuffix(phrase, `"`))
		p.SetField("Text")
		return p
	}
	if start, ok := strings.CutSuffix(q, "*"); ok {
		p := bleve.NewPrefixQuery(strings.ToLower(start))
		p.SetField("Text")
		return p
	}
	m := bleve.NewMatchQuery(q)
	m.SetField("Text")
	m.SetOperator(query.MatchQueryOperatorAnd)
	return m
}
