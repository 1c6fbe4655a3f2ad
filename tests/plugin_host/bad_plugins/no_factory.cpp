#include <peercert/plugin.hpp>

extern "C" {
PEERCERT_EXPORT extern const PeercertManifest peercert_manifest;
}
const PeercertManifest peercert_manifest = {PEERCERT_MAGIC,
                                            sizeof(PeercertManifest),
                                            peercert::sdk_major,
                                            peercert::sdk_minor,
                                            PEERCERT_ABI_TAG,
                                            "no_factory",
                                            "1.0",
                                            "Promises and does not make"};
