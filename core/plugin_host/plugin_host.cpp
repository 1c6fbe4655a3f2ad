#include "plugin_host/plugin_host.hpp"

#include <algorithm>
#include <optional>

#include <peercert/error.hpp>

#include "plugin_host/candidates.hpp"
#include "plugin_host/loaded_plugin.hpp"
#include "plugin_host/names.hpp"

namespace peercert::plugin_host {

namespace {

/// One sentence a line, so that whoever mends a start sees everything at once.
class Problems {
public:
    void add(const std::string& sentence) { lines_ += (lines_.empty() ? "" : "\n") + sentence; }
    void stop_if_any() const {
        if (!lines_.empty())
            throw Error(ErrorCode::plugin_failure, lines_);
    }

private:
    std::string lines_;
};

PluginInfo info_of(const LoadedPlugin& plugin, const std::string& file) {
    const Manifest& said = plugin.manifest();
    PluginInfo info{said.id,
                    said.version,
                    said.summary,
                    file,
                    plugin.sha256(),
                    std::to_string(said.sdk_major) + "." + std::to_string(said.sdk_minor),
                    {},
                    {},
                    plugin.folders()};
    for (const auto& kind : plugin.kinds())
        info.kinds.emplace_back(kind->name());
    for (const auto& clock : plugin.clocks())
        info.clocks.emplace_back(clock->name());
    return info;
}

} // namespace

Host::Host(Settings settings) : settings_(std::move(settings)) {
    const Descriptor folder = open_trusted_folder(settings_.folder);
    const AllowList list =
        parse_allow_list(read_allow_list_text(folder, settings_), allow_list_path(settings_).string());

    Problems problems;
    Names names;
    std::vector<Candidate> candidates;
    for (const AllowedFile& allowed : list.files) {
        try {
            Candidate one = examine(folder, settings_, allowed);
            names.claim("id", one.manifest.id, one.where);
            candidates.push_back(std::move(one));
        } catch (const Error& error) {
            problems.add(error.what());
        }
    }
    problems.stop_if_any();

    for (Candidate& one : candidates) {
        loaded_.push_back(std::make_unique<LoadedPlugin>(std::move(one.file), std::move(one.manifest), one.where,
                                                         settings_.limits, settings_.on_event));
        const LoadedPlugin& plugin = *loaded_.back();
        for (const auto& kind : plugin.kinds()) {
            names.claim("kind", std::string(kind->name()), one.where);
            kinds_.add(*kind);
        }
        for (const auto& clock : plugin.clocks()) {
            names.claim("clock", std::string(clock->name()), one.where);
            kinds_.add(*clock);
        }
        for (const std::string& curricula : plugin.folders())
            names.claim("folder", curricula, one.where);
        infos_.push_back(info_of(plugin, one.name));
        const PluginInfo& info = infos_.back();
        kinds_.came_from(info.id, info.id + " " + info.version + " sha256:" + info.sha256);
    }
}

Host::~Host() = default;

const PluginInfo* Host::plugin_of(std::string_view kind_or_clock) const {
    for (const PluginInfo& info : infos_)
        for (const auto* names : {&info.kinds, &info.clocks})
            if (std::find(names->begin(), names->end(), kind_or_clock) != names->end())
                return &info;
    return nullptr;
}

bool Host::is_disabled(std::string_view plugin_id) const {
    return std::any_of(loaded_.begin(), loaded_.end(), [&](const auto& plugin) {
        return plugin->manifest().id == plugin_id && plugin->health().is_disabled();
    });
}

} // namespace peercert::plugin_host
