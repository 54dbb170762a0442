package survey

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"time"
)

// silence tells of a request that no whole answer came to, in the words of the check that it belongs to.
func (v *visit) silence(ctx context.Context, f file, err error) {
	if errors.Is(ctx.Err(), context.Canceled) {
		return // the run was stopped
	}
	v.mu.Lock()
	v.silences++
	v.mu.Unlock()
	if what, advice := certificateFault(err, v.Now); what != "" {
		v.find(finding{TLS, Broken, what, advice}, "")
		return
	}
	what, advice, ofAddress := connectionFault(err, v.Timeout)
	name := f.path
	if ofAddress {
		name = ""
	}
	v.find(finding{Reachable, Broken, what, advice}, name)
}

const (
	adviceDNS     = "Look whether the domain was paid for and its DNS records are there. If the domain is gone for good, take the address out of the root: byway publish with the -mirror flags that remain."
	adviceConnect = "Look whether the server runs and its firewall lets everybody in on this port; ask from another network, too."
	adviceLate    = "Look whether the server is overloaded; from a slow line, give more time with -timeout."
	adviceCut     = "Copy the file there again. If it stays so, look at what lies between the server and you: a proxy, a limit of the host, a censor."
)

// connectionFault says what became of a request by the error that it ended in, and whether that is about the address and
// not about one file of it.
func connectionFault(err error, timeout time.Duration) (what, advice string, ofAddress bool) {
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Sprintf("the name %q is not known (DNS)", dns.Name), adviceDNS, true
	case errors.As(err, &dns):
		return fmt.Sprintf("no answer to the question for the name %q (DNS)", dns.Name), adviceDNS, true
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return fmt.Sprintf("no whole answer within %s", timeout), adviceLate, false
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the connection is refused: nothing listens there", adviceConnect, true
	case errors.As(err, &op) && op.Op == "dial":
		return "no connection: " + op.Err.Error(), adviceConnect, true
	case errors.Is(err, syscall.ECONNRESET):
		return "the connection was reset", adviceCut, false
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the answer is cut off", adviceCut, false
	}
	return "no answer that can be read as HTTP", adviceConnect, false
}

const (
	adviceExpired = "Renew it, and see to it that this happens by itself."
	adviceName    = "Order one for this host, or look whether its DNS record leads to the right server."
	adviceUnknown = "Send the whole chain, from an authority that browsers know (Let's Encrypt is free). If it is somebody else's, somebody listens in."
	advicePlain   = "Set up TLS on this port: readers on https pages can use nothing else."
)

// certificateFault says what is wrong with TLS at an address, "" where the error is about something else.
func certificateFault(err error, now time.Time) (what, advice string) {
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var unknown x509.UnknownAuthorityError
	var header tls.RecordHeaderError
	var alert tls.AlertError
	var other *tls.CertificateVerificationError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && now.Before(invalid.Cert.NotBefore):
		return "the certificate counts only from " + day(invalid.Cert.NotBefore), "Look whether the clock of this machine is right; if it is, order a new one."
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "the certificate expired on " + day(invalid.Cert.NotAfter), adviceExpired
	case errors.As(err, &host):
		return fmt.Sprintf("the certificate is for another host: %q", firstOf(host.Certificate.DNSNames)), adviceName
	case errors.As(err, &unknown):
		return "the certificate is from an authority that browsers do not know", adviceUnknown
	case errors.As(err, &header), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return "what answers there does not speak TLS", advicePlain
	case errors.As(err, &alert):
		return "the server breaks TLS off: " + alert.Error(), "Look whether it has a certificate for this host and speaks TLS 1.2 or 1.3."
	case errors.As(err, &other):
		return "the certificate does not count: " + other.Err.Error(), adviceUnknown
	}
	return "", ""
}

func firstOf(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[0]
}
