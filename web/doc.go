// Package web is the newsroom's front door: handlers that return errors, the
// table of routes, the headers that every answer carries, and hashed assets.
//
// It promises that a route that is not in the table does not exist, that a
// form posted from another site is refused, that a panic is a 500 and not a
// lost connection, and that no log line holds a reader's address or the path
// that was asked. What a page says is left to the faces.
package web
