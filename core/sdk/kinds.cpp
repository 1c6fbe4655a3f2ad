#include <peercert/kinds.hpp>

#include <peercert/error.hpp>
#include <peercert/plugin.hpp>

namespace peercert {

namespace {

template <class Thing>
void insert(std::map<std::string, const Thing*, std::less<>>& all, const Thing& one, const char* what) {
    if (const std::string name(one.name()); !all.emplace(name, &one).second)
        throw Error(ErrorCode::conflict, std::string("there are two ") + what + " called \"" + name + "\"");
}

template <class Thing>
const Thing* look_up(const std::map<std::string, const Thing*, std::less<>>& all, std::string_view name) {
    const auto found = all.find(name);
    return found == all.end() ? nullptr : found->second;
}

template <class Thing>
std::vector<std::string_view> names(const std::map<std::string, const Thing*, std::less<>>& all) {
    std::vector<std::string_view> result;
    for (const auto& [name, thing] : all)
        result.push_back(name);
    return result;
}

} // namespace

void Kinds::add(const RequirementKind& one) { insert(kinds_, one, "requirement kinds"); }
void Kinds::add(const TermClock& one) { insert(clocks_, one, "clocks"); }
const RequirementKind* Kinds::kind(std::string_view name) const { return look_up(kinds_, name); }
const TermClock* Kinds::clock(std::string_view name) const { return look_up(clocks_, name); }
std::vector<std::string_view> Kinds::kind_names() const { return names(kinds_); }
std::vector<std::string_view> Kinds::clock_names() const { return names(clocks_); }

void Kinds::came_from(std::string plugin, std::string build) {
    builds_.insert_or_assign(std::move(plugin), std::move(build));
}

std::string Kinds::builds_of(const std::vector<std::string>& plugins) const {
    std::string all;
    for (const std::string& plugin : plugins)
        if (const auto found = builds_.find(plugin); found != builds_.end())
            all += (all.empty() ? "" : "; ") + found->second;
    return all;
}

} // namespace peercert
