package web_test

import (
	"github.com/chromedp/chromedp"
)

// press presses a key on what has the focus.
func press(key string) chromedp.Action { return chromedp.KeyEvent(key) }

// clickInside clicks, as a script does, on something in the shadow root of the first element.
func clickInside(selector string) chromedp.Action { return evalVoid(inside(selector) + `.click()`) }

func scrollToEnd() chromedp.Action { return evalVoid(`scrollTo(0, document.body.scrollHeight)`) }

func evalVoid(expression string) chromedp.Action {
	return chromedp.Evaluate(`void (() => { `+expression+` })()`, nil)
}
