// Package tree reads XML that came from elsewhere as a tree of nodes.
//
// It promises to take what agencies really send (any charset that the web
// knows, HTML's entities, tags that nothing closes), to name the line where it
// cannot, and to hold no more in memory than an item may need. It leaves to the
// decoders what the nodes mean.
package tree
