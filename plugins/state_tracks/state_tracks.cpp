#include <array>

#include "parity.hpp"

namespace peercert::state_tracks {
namespace {

constexpr std::array folders{
    "wi-cps",        "wi-cpps",  "wa-cpc",         "wa-cpss",         "tx-peer", //
    "icrc-pr",       "il-cprs",  "wi-cps-trainer", "wi-cpps-trainer",            //
    "nc-nccpss",     "ga-cps",   "oh-cprs",        "oh-cyps",         "oh-cfps",    "ne-cpss", "ny-nycps",
    "tx-pss",        "ca-cmpss", "fl-crps",        "icrc-pr-board",   "icrc-pr-md", "il-crss", "mi-cprc",
    "mi-cpss",       "or-fss",   "or-pss",         "or-pws",          "or-yss",     "pa-cps", //
    "naadac-ncprss", "mha-ncps", "cprp",           "va-peer",         "me-cipss",
};

class StateTracksPlugin final : public Plugin {
    void contribute(Registry& registry) const override {
        registry.add_clock(std::make_unique<Parity>());
        for (const char* folder : folders)
            registry.add_curricula(folder);
    }
};

} // namespace
} // namespace peercert::state_tracks

PEERCERT_PLUGIN(peercert::state_tracks::StateTracksPlugin, "state_tracks", "1.0.0",
                "State and national programmes of the United States, IC&RC boards, and Wisconsin's odd and even years")
