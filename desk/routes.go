package desk

import (
	"slices"
	"strconv"

	"wireroom/story"
	"wireroom/web"
)

// What a request may carry, in bytes: a page of text, and a picture beside it.
const (
	noteSize = 64 << 10
	textSize = 4 << 20
	formSize = 72 << 20
)

// Routes is the table of addresses of the desk. Every one is for the staff;
// those behind d.seated need a session, the others make or end one.
func (d *Desk) Routes() []web.Route {
	table := []web.Route{
		{Method: "GET", Pattern: "/desk/masthead", Handler: d.seated(d.mastheadForm)},
		{Method: "POST", Pattern: "/desk/masthead", Handler: d.seated(d.saveMasthead), MaxBody: 1 << 20},

		{Method: "GET", Pattern: "/desk/new", Handler: d.seated(d.newForm)},
		{Method: "POST", Pattern: "/desk/stories", Handler: d.seated(d.create), MaxBody: formSize},
		{Method: "GET", Pattern: "/desk/stories/{id}", Handler: d.seated(d.story)},
		{Method: "GET", Pattern: "/desk/stories/{id}/edit", Handler: d.seated(d.editForm)},
		{Method: "POST", Pattern: "/desk/stories/{id}/revisions", Handler: d.seated(d.revise), MaxBody: formSize},
		{Method: "GET", Pattern: "/desk/stories/{id}/revisions/{revision}", Handler: d.seated(d.revision)},

		{Method: "POST", Pattern: "/desk/stories/{id}/submission", Handler: d.seated(d.submit)},
		{Method: "POST", Pattern: "/desk/stories/{id}/ready", Handler: d.seated(d.ready)},
		{Method: "POST", Pattern: "/desk/stories/{id}/unspike", Handler: d.seated(d.unspike)},
		{Method: "POST", Pattern: "/desk/stories/{id}/pin", Handler: d.seated(d.pin)},
		{Method: "POST", Pattern: "/desk/stories/{id}/translation", Handler: d.seated(d.translation)},
	}
	table = slices.Concat(table,
		d.pictureRoutes(),
		d.listRoutes(), d.searchRoutes(), d.keyRoutes(),
		d.workingRoutes(), d.lockRoutes(), d.liveRoutes(),
	)
	for _, p := range d.panels() {
		at := "/desk/stories/{id}/" + p.noun
		table = append(table,
			web.Route{Method: "GET", Pattern: at, Handler: d.seated(d.ask(p))},
			web.Route{Method: "POST", Pattern: at, Handler: d.seated(d.carryOut(p))})
	}
	table = append(table, d.copybookRoutes()...)
	table = append(table, d.historyRoutes()...)
	table = slices.Concat(table, d.signInRoutes(), d.accountRoutes(), d.staffRoutes())
	table = slices.Concat(table, d.boardRoutes(), d.figuresRoutes(), d.planningRoutes())
	table = slices.Concat(table, d.readerRoutes(), d.orderRoutes(), d.codeRoutes(), d.readerListRoutes(), d.companyRoutes(), d.readerFigureRoutes())
	table = append(table, d.bulletinRoutes()...)
	table = append(table, d.sourceRoutes()...)
	table = append(table, d.endpointRoutes()...)
	table = append(table, d.commentRoutes()...)
	table = append(table, d.clientRoutes()...)
	table = append(table, d.quotationRoutes()...)
	table = append(table, d.registerRoutes()...)
	table = append(table, d.backgroundRoutes()...)
	table = append(table, d.workflowRoutes()...)
	table = append(table, d.plansRoutes()...)
	table = append(table, d.translationRoutes()...)
	for i := range table {
		table[i].Who = web.Staff
		if table[i].MaxBody == 0 {
			table[i].MaxBody = noteSize
		}
	}
	return append(d.assets.Routes(), table...)
}

// The addresses of the desk, relative to the host that was asked.
const (
	homeURL     = "/desk/"
	helpURL     = "/desk/sign-in"
	newURL      = "/desk/new"
	mastheadURL = "/desk/masthead"
)

// SignInPath is where a sign-in link of the staff leads on the desk's host.
func SignInPath(token string) string { return "/desk/sign-in/" + token }

func stageURL(stage string) string            { return homeURL + "?stage=" + stage }
func storyURL(id story.ID) string             { return "/desk/stories/" + string(id) }
func actURL(id story.ID, noun string) string  { return storyURL(id) + "/" + noun }
func doneURL(id story.ID, noun string) string { return storyURL(id) + "?done=" + noun }
func pictureURL(id string, width int) string {
	return "/desk/pictures/" + id + "/" + strconv.Itoa(width)
}
func revisionURL(id story.ID, n int64) string {
	return storyURL(id) + "/revisions/" + strconv.FormatInt(n, 10)
}
