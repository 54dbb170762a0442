package tree

// Repeated finds a name that an object anywhere in the value has twice. Accessors read the last of the two and another
// program may read the first: where that could matter, such a document is to be refused.
func (n Node) Repeated() (name string, found bool) {
	if n.v == nil {
		return "", false
	}
	seen := make(map[string]bool, len(n.v.names))
	for _, name := range n.v.names {
		if seen[name] {
			return name, true
		}
		seen[name] = true
	}
	for i := range n.v.items {
		if name, found := (Node{&n.v.items[i]}).Repeated(); found {
			return name, true
		}
	}
	return "", false
}
