// Command dies stands in for a Byway that fails at once.
package main

func main() { panic("a fault") }
