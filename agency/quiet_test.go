package agency

import (
	"testing"
	"time"
)

func TestASlowOutletWaitsForQuietButNotForEver(t *testing.T) {
	began := time.UnixMilli(0)
	f := follower{outlet: outlet{slow: true}}
	after := func(d time.Duration) time.Time { return began.Add(d) }
	if !f.givesWay(1, began) || !f.givesWay(1, after(quiet-1)) {
		t.Error("it does not wait after a release")
	}
	if !f.givesWay(2, after(quiet-1)) || !f.givesWay(2, after(quiet)) {
		t.Error("it does not wait anew when more is sent")
	}
	if f.givesWay(2, after(2*quiet)) {
		t.Error("it waits although nothing more was sent")
	}
	head := f.waiting
	for d := 2 * quiet; d < longest; d += quiet / 2 {
		head++
		f.givesWay(head, after(d))
	}
	if f.givesWay(head+1, after(longest)) {
		t.Error("it waits for as long as more is sent")
	}
	if (&follower{}).givesWay(1, began) {
		t.Error("the others wait too")
	}
}
