// Package webp writes WebP pictures, lossy, with Google's own encoder.
//
// It promises a file of nothing but the pixels, or an error, within a bounded
// memory: libwebp runs as WebAssembly in a sandbox that can reach nothing. The
// encoder takes a third of a second and some 30 MB to set up, which is why an
// Encoder is opened for a piece of work and closed after it. It leaves to media
// which pictures are worth it.
//
// libwebp.wasm.gz is libwebp 1.4.0 with a small wrapper, as the module
// github.com/gen2brain/webp v0.5.5 publishes it (lib/webp.wasm.gz; its
// Makefile and webp.c stand beside it there); fetch.sh fetches it again and
// compares. Taking the module itself would link the program against the
// system's C library unless each build named a tag.
package webp

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"image"
	"io"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

//go:embed libwebp.wasm.gz
var packed []byte

const (
	// MaxSide is the longest side of a WebP picture, in pixels.
	MaxSide = 16383
	// MaxPixels is the largest picture that is encoded.
	MaxPixels = 4_000_000

	// pages bounds the sandbox's memory, 64 KB each; a picture of MaxPixels
	// needs some 100 MB.
	pages = 4096
	// method is how hard libwebp tries, 0 to 6.
	method = 4
)

// ErrTooLarge is for a picture beyond MaxSide or MaxPixels.
var ErrTooLarge = errors.New("the picture is too large for WebP")

// Encoder holds the compiled encoder and the memory that it works in. It encodes
// one picture at a time.
type Encoder struct {
	rt   wazero.Runtime
	code wazero.CompiledModule
	room sandbox
}

// Open compiles the encoder; close it to give its memory back.
func Open(ctx context.Context) (*Encoder, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	wasm, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	rt := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithMemoryLimitPages(pages))
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, rt); err != nil {
		return nil, errors.Join(err, rt.Close(ctx))
	}
	code, err := rt.CompileModule(ctx, wasm)
	if err != nil {
		return nil, errors.Join(err, rt.Close(ctx))
	}
	return &Encoder{rt: rt, code: code}, nil
}

// Close gives the encoder's memory back.
func (e *Encoder) Close() error { return e.rt.Close(context.Background()) }

// Encode writes img at a quality of 1 to 100. Each picture has a sandbox in
// which nothing of another is left.
func (e *Encoder) Encode(ctx context.Context, img *image.NRGBA, quality int) (data []byte, err error) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if w < 1 || h < 1 || w > MaxSide || h > MaxSide || w*h > MaxPixels {
		return nil, ErrTooLarge
	}
	if img.Stride != 4*w {
		return nil, errors.New("the picture is a part of another one")
	}
	mod, err := e.rt.InstantiateModule(experimental.WithMemoryAllocator(ctx, &e.room), e.code, wazero.NewModuleConfig().WithName(""))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, mod.Close(ctx)) }()
	in, err := place(ctx, mod, img.Pix[:4*w*h])
	if err != nil {
		return nil, err
	}
	size, err := place(ctx, mod, make([]byte, 8))
	if err != nil {
		return nil, err
	}
	const colours, lossless, exact = 0, 0, 0
	got, err := mod.ExportedFunction("encode").Call(ctx, in, uint64(w), uint64(h), size,
		colours, uint64(quality), method, lossless, exact)
	if err != nil {
		return nil, err
	}
	n, ok := mod.Memory().ReadUint32Le(uint32(size))
	if !ok || n == 0 || got[0] == 0 {
		return nil, fmt.Errorf("libwebp can't encode %d × %d pixels", w, h)
	}
	out, ok := mod.Memory().Read(uint32(got[0]), n)
	if !ok {
		return nil, errors.New("the result lies outside of the sandbox")
	}
	return bytes.Clone(out), nil
}

// place copies data into the sandbox and gives its address there.
func place(ctx context.Context, mod api.Module, data []byte) (uint64, error) {
	at, err := mod.ExportedFunction("malloc").Call(ctx, uint64(len(data)))
	if err != nil {
		return 0, err
	}
	if at[0] == 0 || !mod.Memory().Write(uint32(at[0]), data) {
		return 0, errors.New("the sandbox has no room")
	}
	return at[0], nil
}
