package article

// The lists of the model, as they take one more item of a native document.
type (
	namedLinks      []NamedLink
	agents          []Agent
	images          []Image
	alternates      []Alternate
	translations    []Related
	channels        []Channel
	relatedArticles []Related
	renditions      []Rendition
	listItems       []ListItem
)

func (l *namedLinks) add(f *field) {
	v := &NamedLink{}
	if readNamedLink(f, v) {
		*l = append(*l, *v)
	}
}

func (l *agents) add(f *field) {
	v := &Agent{}
	if readAgent(f, v) {
		*l = append(*l, *v)
	}
}

func (l *images) add(f *field) {
	v := &Image{}
	if readImage(f, v) {
		*l = append(*l, *v)
	}
}

func (l *alternates) add(f *field) {
	v := &Alternate{}
	if readAlternate(f, v) {
		*l = append(*l, *v)
	}
}

func (l *translations) add(f *field) {
	v := &Related{}
	if readTranslation(f, v) {
		*l = append(*l, *v)
	}
}

func (l *channels) add(f *field) {
	v := &Channel{}
	if readChannel(f, v) {
		*l = append(*l, *v)
	}
}

func (l *relatedArticles) add(f *field) {
	v := &Related{}
	if readRelated(f, v) {
		*l = append(*l, *v)
	}
}

func (l *renditions) add(f *field) {
	v := &Rendition{}
	if readRendition(f, v) {
		*l = append(*l, *v)
	}
}

func (l *listItems) add(f *field) {
	v := &ListItem{}
	if readListItem(f, v) {
		*l = append(*l, *v)
	}
}
