#include <cstdint>

#include <peercert/plugin.hpp>

namespace {
int crash() {
    volatile std::uintptr_t nowhere = 4096 - 16;
    *reinterpret_cast<volatile int*>(nowhere) = 1;
    return 0;
}
const int at_load = crash();

class CrashesAtLoad final : public peercert::Plugin {
    void contribute(peercert::Registry&) const override {}
};
} // namespace

PEERCERT_PLUGIN(CrashesAtLoad, "crashes_at_load", "1.0", "Writes where nothing is")
