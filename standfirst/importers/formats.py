"""Every format that can be imported, the surest to recognise first."""

from standfirst.importers.blogger.format import BLOGGER
from standfirst.importers.drupal.format import DRUPAL
from standfirst.importers.feeds.format import FEED
from standfirst.importers.folders.format import FOLDERS
from standfirst.importers.ghost.format import GHOST
from standfirst.importers.jats.format import JATS
from standfirst.importers.joomla.format import JOOMLA
from standfirst.importers.manuscripts.format import MANUSCRIPTS
from standfirst.importers.medium.format import MEDIUM
from standfirst.importers.movabletype.format import MOVABLE_TYPE
from standfirst.importers.nitf.format import NITF
from standfirst.importers.pages.format import PAGES
from standfirst.importers.substack.format import SUBSTACK
from standfirst.importers.tables.format import TABLES
from standfirst.importers.wordpress.format import WORDPRESS

FORMATS = (
    WORDPRESS,
    DRUPAL,
    JOOMLA,
    GHOST,
    BLOGGER,
    SUBSTACK,
    MEDIUM,
    MOVABLE_TYPE,
    NITF,
    JATS,
    FEED,
    TABLES,
    MANUSCRIPTS,
    PAGES,
    FOLDERS,
)
