package notice

import (
	"regul/pipeline"
	"regul/pipeline/law"
)

// article is a legal basis that the letters print beside those of the categories: a position in articles.
type article uint8

var articles []string

func legal(name string) article {
	articles = append(articles, name)
	return article(len(articles) - 1)
}

// The articles, as the law's data write them; the wording says them in each language.
var (
	noArticle           = legal("")
	articleIncome       = legal("AR 38 art. 11 §2")
	articleAnnual       = legal("AR 38 art. 11 §5")
	articleClaim        = legal("AR 38 art. 11 §5 and 15")
	articleReduction    = legal("AR 38 art. 11bis")
	articleAssimilated  = legal("RGS art. 50 §1")
	articleNotDue       = legal("AR 38 art. 15 §2; RGS art. 50")
	articleLimitation   = legal("AR 38 art. 16")
	articleDispensed    = legal("AR 38 art. 17 §7")
	articleCapped       = legal("AR 38 art. 17 §2")
	articleOffset       = legal("RGS art. 44")
	articleDue          = legal("RGS art. 44 §3")
	articleLate         = legal("RGS art. 44 and 44bis")
	articleOutlook      = legal("AR 38 art. 11 §3 and §4")
	articleContested    = legal("RGS art. 34")
	articleArrears      = legal("AR 38 art. 16 §2")
	articleStarters     = legal("AR 38 art. 13bis and 13ter")
	articleStatus       = legal("RGS art. 35, 36 and 39")
	articlesOfStandings = map[pipeline.Standing]article{
		pipeline.NotDue: articleNotDue, pipeline.Dispensed: articleDispensed, pipeline.Assimilated: articleAssimilated,
		pipeline.SupplementDispensed: articleCapped,
	}
)

// sections are the terms of a file of wording that follow a list of codes: each code must have a text, and no other may.
func sections(l *law.Law) map[string][]string {
	return map[string][]string{
		"category": l.Codes(),
		"standing": pipeline.Standings()[1:],
		"outcome":  pipeline.Outcomes()[1:],
		"status":   pipeline.StatusReasons()[1:],
		"articles": append(articles[1:len(articles):len(articles)], l.Articles()...),
	}
}
