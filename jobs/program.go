package jobs

import (
	"runtime"
	"runtime/debug"
)

// Program is what the build knows of itself: version, compiler and machine. What stands between the tasks of a night is of one program.
func Program() string {
	text := "of an unknown build"
	if info, known := debug.ReadBuildInfo(); known && info.Main.Version != "" {
		text = info.Main.Version
	}
	return text + ", " + runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH
}
