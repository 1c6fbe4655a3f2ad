#include <peercert/plugin.hpp>

// As a plugin of a later SDK would say it.
extern "C" {
PEERCERT_EXPORT extern const PeercertManifest peercert_manifest;
}
const PeercertManifest peercert_manifest = {PEERCERT_MAGIC,
                                            sizeof(PeercertManifest),
                                            peercert::sdk_major,
                                            peercert::sdk_minor + 1,
                                            PEERCERT_ABI_TAG,
                                            "newer_sdk",
                                            "1.0",
                                            "From the future"};
