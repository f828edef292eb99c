# The modules that users get, for Maven's -pl. To be sourced.
PUBLISHED_MODULES=bom,proto,core,protoc-plugin,testing
