// Package page owns what every page of the report is made of: its words in four languages and how they write numbers (Words), sections,
// tables and charts, and the template with its style sheet (Page). It knows nothing of what is told. A page is one file that loads nothing:
// no script but its own, no font, no picture from elsewhere. The same page gives the same bytes.
package page
