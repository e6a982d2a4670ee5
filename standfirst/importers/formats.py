"""Every format that can be imported, the surest to recognise first."""

from standfirst.importers.feeds.format import FEED
from standfirst.importers.folders.format import FOLDERS
from standfirst.importers.ghost.format import GHOST
from standfirst.importers.manuscripts.format import MANUSCRIPTS
from standfirst.importers.pages.format import PAGES
from standfirst.importers.tables.format import TABLES
from standfirst.importers.wordpress.format import WORDPRESS

FORMATS = (WORDPRESS, GHOST, FEED, TABLES, MANUSCRIPTS, PAGES, FOLDERS)
