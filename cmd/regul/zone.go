package main

import (
	"os"
	"strings"
	"time"
)

// unknownZone is the time zone that the environment names and the machine does not know; "" if it is known. The program takes the time of
// Greenwich then, and around midnight another day for today.
func unknownZone() string {
	name, named := os.LookupEnv("TZ")
	name = strings.TrimPrefix(name, ":")
	if !named || name == "" || strings.HasPrefix(name, "/") {
		return ""
	}
	if _, err := time.LoadLocation(name); err != nil {
		return name
	}
	return ""
}
