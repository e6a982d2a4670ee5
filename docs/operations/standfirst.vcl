vcl 4.1;

# Varnish before Standfirst: keeps the pages that say so, forgets them by their surrogate keys.
# Needs the packages varnish and varnish-modules. Fill in the backend and the purgers; see caches-outside.md.

import std;
import xkey;

# Where `standfirst serve` listens.
backend default {
    .host = "127.0.0.1";
    .port = "8000";
}

# Who may purge: the machines that run Standfirst.
acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    unset req.http.X-Purged;
    if (req.method == "PURGE") {
        # A server that speaks HTTPS before us on the same machine has the right address for everybody it speaks
        # for. What it passes on shows it: an address before its own, or the protocol.
        if (client.ip !~ purgers || req.http.X-Forwarded-For ~ "," || req.http.X-Forwarded-Proto) {
            return (synth(403, "Forbidden"));
        }
        if (req.http.xkey-purge) {
            set req.http.X-Purged = xkey.purge(req.http.xkey-purge);
        } else if (req.http.xkey-softpurge) {
            set req.http.X-Purged = xkey.softpurge(req.http.xkey-softpurge);
        } else {
            return (synth(400, "Which keys?"));
        }
        return (synth(200, "Purged"));
    }
    if (req.method !~ "^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$") {
        return (synth(405, "Method Not Allowed"));
    }
    # Editors get their own pages from Standfirst, and so does whoever sends a password.
    if ((req.method != "GET" && req.method != "HEAD") || req.http.Authorization || req.url ~ "^/admin(/|$)"
        || req.http.Cookie ~ "(^|;\s*)sessionid=") {
        return (pass);
    }
    # Other cookies are no reason to ask: a page that depended on one would not say that it may be kept.
    return (hash);
}

sub vcl_backend_fetch {
    if (!bereq.uncacheable) {
        # A page that was on its way when it was purged is purged again after fifteen seconds. None may take longer.
        set bereq.first_byte_timeout = 10s;
    }
}

sub vcl_backend_response {
    # Never an outdated page, not even once while a new one is fetched. A soft purge relies on this.
    set beresp.grace = 0s;
    if (bereq.uncacheable) {
        return (deliver);
    }
    if (beresp.http.Surrogate-Control ~ "max-age=[0-9]+" && beresp.http.xkey && !beresp.http.Set-Cookie) {
        # A page with its keys: we will be told when it changes.
        set beresp.ttl = std.duration(regsub(beresp.http.Surrogate-Control, "^.*max-age=([0-9]+).*$", "\1s"), 0s);
        # After a soft purge, and at its end, it is kept so long to ask whether it has changed.
        set beresp.keep = 1h;
    } else if (beresp.status == 200 && beresp.http.Cache-Control ~ "immutable" && !beresp.http.Set-Cookie) {
        # Static files and images: never written again, but an image may be taken away.
        set beresp.ttl = 1h;
    } else {
        set beresp.ttl = 120s;
        set beresp.uncacheable = true;
    }
    return (deliver);
}

sub vcl_deliver {
    # Between Standfirst and us. Not unset earlier: a page that has not changed takes its keys from what is kept.
    unset resp.http.xkey;
    unset resp.http.Surrogate-Control;
    set resp.http.X-Cache = "miss";
    if (obj.hits > 0) {
        set resp.http.X-Cache = "hit";
    }
}

sub vcl_synth {
    if (req.http.X-Purged) {
        # What tells Standfirst that it has spoken with Varnish, and not through it.
        set resp.http.X-Purged = req.http.X-Purged;
        set resp.body = "";
        return (deliver);
    }
}
