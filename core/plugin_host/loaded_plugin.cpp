#include "plugin_host/loaded_plugin.hpp"

#include <algorithm>
#include <span>

#include <boost/dll/import.hpp>
#include <boost/dll/shared_library.hpp>
#include <dlfcn.h>

#include <peercert/error.hpp>

#include "plugin_host/result_check.hpp"

namespace peercert::plugin_host {

/// The library as Boost.DLL holds it.
class Library {
public:
    explicit Library(const std::string& path) {
        // dlopen is declared not to throw, so an exception of a static initialiser would end the process in Boost's
        // call. Through a pointer that promises nothing it arrives here; Boost then finds the library loaded.
        void* (*volatile open)(const char*, int) = &::dlopen;
        void* first = open(path.c_str(), RTLD_NOW | RTLD_LOCAL);
        library_.load(path, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
        if (first != nullptr)
            ::dlclose(first);
    }
    boost::dll::shared_library& get() { return library_; }

private:
    boost::dll::shared_library library_;
};

namespace {

/// The loader finds a library it has already by name before it looks at the file, and a library may stay although it
/// was closed. So a descriptor's number that was in use before needs another spelling.
std::string path_of(int descriptor) {
    std::string folder = "/proc/self/fd/";
    for (int attempt = 0; attempt < 16; ++attempt, folder += "./")
        if (void* known = ::dlopen((folder + std::to_string(descriptor)).c_str(), RTLD_NOW | RTLD_NOLOAD);
            known != nullptr)
            ::dlclose(known);
        else
            break;
    return folder + std::to_string(descriptor);
}

/// What the loader of the system says, out of the words that Boost puts around it; its own name for the file is a
/// descriptor, which tells nobody anything.
std::string plain_reason(std::string reason) {
    constexpr std::string_view begins = "dlerror system message: ";
    if (const std::size_t at = reason.find(begins); at != std::string::npos) {
        reason.erase(0, at + begins.size());
        reason.erase(std::min(reason.rfind("): "), reason.size()));
    }
    if (reason.starts_with("/proc/self/fd/"))
        reason.erase(0, std::min(reason.find(": "), reason.size() - 2) + 2);
    return reason;
}

/// Runs one step of loading; what a plugin throws may be of a type that dies with its library, so only text leaves.
template <class Step>
void attempt(const std::string& where, const char* what, Step&& step) {
    std::string reason;
    try {
        step();
        return;
    } catch (const std::exception& error) {
        reason = made_printable(plain_reason(error.what()));
    } catch (...) {
        reason = "something that is no std::exception was thrown";
    }
    throw Error(ErrorCode::plugin_failure, where + ": " + what + ": " + reason);
}

bool is_lower_word(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

} // namespace

/// Takes what the plugin brings and refuses what does not fit, while the plugin can still be named as the culprit.
class LoadedPlugin::Contributions final : public Registry {
public:
    explicit Contributions(LoadedPlugin& owner) : owner_(owner) {}

    void add_kind(std::unique_ptr<RequirementKind> kind) override {
        owner_.kinds_.push_back(make<GuardedKind>(std::move(kind)));
    }
    void add_clock(std::unique_ptr<TermClock> clock) override {
        owner_.clocks_.push_back(make<GuardedClock>(std::move(clock)));
    }
    void add_curricula(std::string_view folder) override {
        if (!is_lower_word(folder))
            refuse("\"" + made_printable(folder) +
                   "\" is no name of a folder (lower-case letters, digits, dashes, underscores)");
        owner_.folders_.emplace_back(folder);
    }

private:
    [[noreturn]] static void refuse(const std::string& what) { throw Error(ErrorCode::plugin_failure, what); }

    template <class Guarded, class Thing>
    std::unique_ptr<Guarded> make(std::unique_ptr<Thing> thing) {
        if (!thing)
            refuse("it contributed nothing where a kind or clock belongs");
        const std::string name(thing->name());
        const std::string& id = owner_.manifest_.id;
        if (!name.starts_with(id + ":") || !is_lower_word(std::string_view(name).substr(id.size() + 1)))
            refuse("it calls something \"" + made_printable(name) + "\"; its names look like " + id +
                   ":word, in lower-case letters");
        return std::make_unique<Guarded>(name, std::move(thing), *owner_.health_);
    }

    LoadedPlugin& owner_;
};

LoadedPlugin::LoadedPlugin(FileBytes file, Manifest manifest, const std::string& where, CallLimits limits,
                           std::function<void(const Event&)> on_event,
                           const std::function<void(const std::string&)>& say_stage)
    : descriptor_(std::move(file.descriptor)), manifest_(std::move(manifest)), sha256_(std::move(file.sha256)) {
    const auto stage = [&](const char* what) {
        if (say_stage)
            say_stage(what);
    };
    health_ = std::make_unique<Health>(Event{{}, manifest_.id, manifest_.version, sha256_, {}, {}}, limits,
                                       std::move(on_event));

    stage("loading it");
    attempt(where, "cannot be loaded", [&] { library_ = std::make_unique<Library>(path_of(descriptor_.number())); });
    const auto& raw = library_->get().get<const PeercertManifest>("peercert_manifest");
    if (judge_manifest(std::as_bytes(std::span(&raw, 1)), where) != manifest_)
        throw Error(ErrorCode::plugin_failure,
                    where + ": what was loaded is not what was read; was the file changed meanwhile?");

    stage("making the plugin");
    attempt(where, "its factory did not make a plugin",
            [&] { plugin_ = library_->get().get_alias<std::unique_ptr<Plugin>()>("peercert_plugin")(); });
    if (!plugin_)
        throw Error(ErrorCode::plugin_failure, where + ": its factory made no plugin");

    stage("asking what it contributes");
    attempt(where, "could not contribute", [&] {
        Contributions all(*this);
        plugin_->contribute(all);
    });
}

LoadedPlugin::~LoadedPlugin() = default;

} // namespace peercert::plugin_host
