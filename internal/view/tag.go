package view

// The elements that may be built. No element that runs, loads or submits anything is among them.
var (
	A          = Tag{"a"}
	Article    = Tag{"article"}
	Aside      = Tag{"aside"}
	Bdi        = Tag{"bdi"}
	Blockquote = Tag{"blockquote"}
	Br         = Tag{"br"}
	Button     = Tag{"button"}
	Canvas     = Tag{"canvas"} // an empty box that keeps the proportions of its width and height
	Caption    = Tag{"caption"}
	Cite       = Tag{"cite"}
	Code       = Tag{"code"}
	Dd         = Tag{"dd"}
	Details    = Tag{"details"}
	Div        = Tag{"div"}
	Dl         = Tag{"dl"}
	Dt         = Tag{"dt"}
	Em         = Tag{"em"}
	Fieldset   = Tag{"fieldset"}
	Figcaption = Tag{"figcaption"}
	Figure     = Tag{"figure"}
	Footer     = Tag{"footer"}
	H1         = Tag{"h1"}
	H2         = Tag{"h2"}
	H3         = Tag{"h3"}
	H4         = Tag{"h4"}
	H5         = Tag{"h5"}
	H6         = Tag{"h6"}
	Header     = Tag{"header"}
	Hr         = Tag{"hr"}
	Img        = Tag{"img"}
	Input      = Tag{"input"}
	Label      = Tag{"label"}
	Legend     = Tag{"legend"}
	Li         = Tag{"li"}
	Mark       = Tag{"mark"}
	Nav        = Tag{"nav"}
	Ol         = Tag{"ol"}
	Output     = Tag{"output"}
	P          = Tag{"p"}
	Progress   = Tag{"progress"}
	S          = Tag{"s"}
	Section    = Tag{"section"}
	Small      = Tag{"small"}
	Span       = Tag{"span"}
	Strong     = Tag{"strong"}
	Sub        = Tag{"sub"}
	Summary    = Tag{"summary"}
	Sup        = Tag{"sup"}
	Table      = Tag{"table"}
	Tbody      = Tag{"tbody"}
	Td         = Tag{"td"}
	Th         = Tag{"th"}
	Thead      = Tag{"thead"}
	Time       = Tag{"time"}
	Tr         = Tag{"tr"}
	U          = Tag{"u"}
	Ul         = Tag{"ul"}
)

// Heading is the element of a heading of this level. Levels under 1 become 1, levels over 6 become 6.
func Heading(level int) Tag {
	return [...]Tag{H1, H2, H3, H4, H5, H6}[min(max(level, 1), 6)-1]
}

// void elements have no content and no end tag (HTML §13.1.2).
func void(tag string) bool {
	switch tag {
	case "br", "hr", "img", "input":
		return true
	}
	return false
}
