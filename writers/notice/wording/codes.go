package wording

import (
	"regul/pipeline"
	"regul/pipeline/law"
)

// Article is a legal basis that the letters print beside those of the categories: a position in articles.
type Article uint8

var articles []string

func legal(name string) Article {
	articles = append(articles, name)
	return Article(len(articles) - 1)
}

// The articles, as the law's data write them; the wording says them in each language.
var (
	NoArticle           = legal("")
	ArticleIncome       = legal("AR 38 art. 11 §2")
	ArticleAnnual       = legal("AR 38 art. 11 §5")
	ArticleClaim        = legal("AR 38 art. 11 §5 and 15")
	ArticleReduction    = legal("AR 38 art. 11bis")
	articleAssimilated  = legal("RGS art. 50 §1")
	articleNotDue       = legal("AR 38 art. 15 §2; RGS art. 50")
	ArticleLimitation   = legal("AR 38 art. 16")
	articleDispensed    = legal("AR 38 art. 17 §7")
	articleCapped       = legal("AR 38 art. 17 §2")
	ArticleOffset       = legal("RGS art. 44")
	ArticleDue          = legal("RGS art. 44 §3")
	ArticleLate         = legal("RGS art. 44 and 44bis")
	ArticleOutlook      = legal("AR 38 art. 11 §3 and §4")
	ArticleContested    = legal("RGS art. 34")
	ArticleArrears      = legal("AR 38 art. 16 §2")
	ArticleStarters     = legal("AR 38 art. 13bis and 13ter")
	ArticleStatus       = legal("RGS art. 35, 36 and 39")
	ArticlesOfStandings = map[pipeline.Standing]Article{
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
