// Debian builds libxml2 with ICU, whose headers do not go together with Foundation's own copy of ICU; no ICU type is needed here.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlreader.h>
