#include <unistd.h>

#include <peercert/plugin.hpp>

namespace {
class Exits final : public peercert::Plugin {
    void contribute(peercert::Registry&) const override { ::_exit(0); }
};
} // namespace

PEERCERT_PLUGIN(Exits, "exits", "1.0", "Ends the process as if all were well")
