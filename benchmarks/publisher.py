"""An editor in a process of their own: publishes an article for every line it reads, and says its headline once it is done."""

import sys
import time

from standfirst.config.opening import open_publication


def main(home: str) -> None:
    open_publication(home)
    from django.db.models import Count

    from standfirst.articles.actions import create_article
    from standfirst.articles.models import Listing
    from standfirst.contributors.models import Contributor

    counts = (
        Listing.objects.filter(contributor__isnull=False, role=None)
        .order_by()
        .values_list("contributor")
        .annotate(number=Count("pk"))
    )
    # Somebody with some thirty articles, however many the publication has: what differs is its size alone.
    who, _ = min(counts, key=lambda pair: (abs(pair[1] - 30), pair[0]))
    contributor = Contributor.objects.get(pk=who)
    print(f"/author/{contributor.slug}/", flush=True)
    for line in sys.stdin:
        headline = f"Published {line.strip()} at {time.time():.6f}"
        create_article(headline=headline, by=None, credits=[(contributor, "author")], publish=True)
        print(headline, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
