#include <peercert/plugin.hpp>

namespace peercert::local {
namespace {

/// Plain folders of files that anyone can write: a centre adds a course with no compiler.
class LocalPlugin final : public Plugin {
    void contribute(Registry& registry) const override {
        for (const char* folder : {"local", "frameworks", "courses", "samhsa-model"})
            registry.add_curricula(folder);
    }
};

} // namespace
} // namespace peercert::local

PEERCERT_PLUGIN(peercert::local::LocalPlugin, "local", "1.0.0",
                "Folders of plain files: courses, charters and frameworks of your own")
