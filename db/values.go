package db

import (
	"database/sql/driver"
	"reflect"
	"time"

	"github.com/google/uuid"
)

// NewID makes an id that sorts by the time of its making (UUIDv7).
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// NewIDAt makes an id that sorts by t and tells no other time.
func NewIDAt(t time.Time) string {
	id := uuid.New()
	ms := uint64(t.UnixMilli())
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	id[6] = id[6]&0x0f | 0x70
	return id.String()
}

// IsID reports whether s can be an id that NewID made. What is none must not
// reach a statement: PostgreSQL takes no text with a NUL in it.
func IsID(s string) bool { return uuid.Validate(s) == nil }

// Millis is t as the tables keep it: milliseconds UTC since 1970; the zero
// time is 0.
func Millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// Time is the instant that the tables keep as ms, in UTC; 0 is the zero time.
func Time(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// plain reduces arguments to int64, string and nil, because the drivers
// differ in how they take named types, truth values, bytes and times.
func plain(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = plainValue(a)
	}
	return out
}

func plainValue(a any) any {
	switch v := a.(type) {
	case nil, int64, string, driver.Valuer:
		return v
	case time.Time:
		return Millis(v)
	case []byte:
		if v == nil {
			return nil
		}
		return string(v)
	}
	v := reflect.ValueOf(a)
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return int64(1)
		}
		return int64(0)
	case reflect.String:
		return v.String()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int()
	case reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return int64(v.Uint())
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return plainValue(v.Elem().Interface())
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return plainValue(v.Bytes())
		}
	}
	return a
}
