package article

func (w out) block(block Block) {
	switch b := block.(type) {
	case Paragraph:
		w.begin("paragraph", b.Base)
		w.required("content", b.Content)
	case Heading:
		w.begin("heading", b.Base)
		w.number("level", b.Level)
		w.required("content", b.Content)
	case Figure:
		w.begin("figure", b.Base)
		w.text("layout", b.Layout)
		object(w, "image", &b.Image, out.image)
		w.text("url", b.URL)
	case Gallery:
		w.begin("gallery", b.Base)
		objects(w, "images", b.Images, out.image)
		w.inline("caption", b.Caption)
	case Quote:
		w.begin("quote", b.Base)
		w.text("style", b.Style)
		objects(w, "body", b.Body, out.block)
		object(w, "citation", b.Citation, out.namedLink)
	case List:
		w.list(b)
	case Media:
		w.media(b)
	case Embed:
		w.embed(b)
	case Table:
		w.table(b)
	case Note:
		w.begin("note", b.Base)
		w.text("role", b.Role)
		w.date("date", b.Date)
		w.required("content", b.Content)
	case RelatedList:
		w.begin("related", b.Base)
		objects(w, "items", b.Items, out.related)
	case Divider:
		w.begin("divider", b.Base)
	case HTML:
		w.begin("html", b.Base)
		w.Key("html")
		w.String(b.HTML)
	case Unknown:
		w.begin(b.Type, b.Base)
	}
}

func (w out) begin(kind string, b Base) {
	w.text("type", kind)
	w.text("id", b.ID)
	w.text("inLanguage", b.InLanguage)
	w.text("dir", string(b.Dir))
	w.inline("fallback", b.Fallback)
}

// required is inline that the format wants even where it is empty.
func (w out) required(name string, in Inline) {
	w.Key(name)
	w.content(in)
}

func (w out) list(l List) {
	w.begin("list", l.Base)
	w.Key("ordered")
	w.Bool(l.Ordered)
	w.number("start", l.Start)
	w.Key("items")
	w.List(func() {
		for _, item := range l.Items {
			w.item(item)
		}
	})
}

func (w out) item(item ListItem) {
	if item.List == nil {
		w.content(item.Content)
		return
	}
	w.Object(func() {
		w.required("content", item.Content)
		object(w, "list", item.List, out.list)
	})
}

func (w out) media(m Media) {
	w.begin(m.Kind, m.Base)
	w.text("url", m.URL)
	w.text("name", m.Name)
	object(w, "thumbnail", m.Thumbnail, out.image)
	w.inline("caption", m.Caption)
	w.text("creditText", m.CreditText)
	w.text("duration", m.Duration)
	w.inline("transcript", m.Transcript)
	objects(w, "renditions", m.Renditions, out.rendition)
}

func (w out) embed(e Embed) {
	w.begin("embed", e.Base)
	w.text("provider", e.Provider)
	w.text("url", e.URL)
	w.text("embedUrl", e.EmbedURL)
	w.text("name", e.Name)
	w.text("description", e.Description)
	object(w, "thumbnail", e.Thumbnail, out.image)
}

func (w out) table(t Table) {
	w.begin("table", t.Base)
	w.inline("caption", t.Caption)
	if len(t.Header) > 0 {
		w.Key("header")
		w.cells(t.Header)
	}
	w.Key("rows")
	w.List(func() {
		for _, row := range t.Rows {
			w.cells(row)
		}
	})
}

func (w out) cells(row []Inline) {
	w.List(func() {
		for _, cell := range row {
			w.content(cell)
		}
	})
}
