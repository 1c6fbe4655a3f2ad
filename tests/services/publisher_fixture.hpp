#pragma once

#include "services/publishing.hpp"

#include <fstream>

#include "house_fixture.hpp"

namespace peercert::services {

/// How a rule comes into force: an invented certificate that asks for so many hours of practice.
class APublisher : public AHouse {
protected:
    /// What one command sees: the files and what is published by then.
    struct Sight {
        Sight(storage::Store& store, const std::filesystem::path& folder, Rulebook::Relying relying)
            : catalogue(curricula::Catalogue::load({{folder, "files"}}, &RuleFiles::all().host.kinds(),
                                                   published_texts(store))),
              rulebook(catalogue, RuleFiles::all().host.kinds(), RuleFiles::all().words, relying) {}
        curricula::Catalogue catalogue;
        Rulebook rulebook;
    };

    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        ana = with_role("Ana Invented", "coordinator");
        bo = with_role("Bo Invented", "administrator");
        cy = with_role("Cy Invented", "administrator");
        dee = with_role("Dee Invented", "administrator");
    }
    std::string with_role(const std::string& name, const char* role, const char* organization = "office") {
        const std::string code = somebody(name);
        organizations->grant(host, organization, code, role, day("2025-01-01"), {});
        return code;
    }

    Sight sight(Rulebook::Relying relying = Rulebook::Relying::on_any) {
        return Sight(house().store, files_.path(), relying);
    }
    /// `hours` of practice; the cases say ten.
    static std::string text(const std::string& edition, const std::string& in_force, int hours = 10) {
        return "track: inv-ps\nedition: " + edition +
               "\ntitle: Invented Peer Specialist\nzone: America/Chicago\nin force: {" + in_force +
               ", chosen by: applying}\nlevels: [certified]\nsources:\n  Page: {what: the page, as of: 2024-05, trust: "
               "verified}\nto become certified:\n  see: Page\n  needs:\n    - {name: practice hours, practice: at "
               "least " +
               std::to_string(hours) +
               " h}\n  lasts: {term: 2 years, ends: anniversary, last day: the day before, February 29: february 28, "
               "short month: last day of the month}\n";
    }
    static std::string cases(const std::string& edition, int hours = 10) {
        return "cases for: inv-ps " + edition +
               "\ncases:\n  - name: enough\n    asks: to become certified\n    day: 2026-08-01\n    ledger: [{day: "
               "2026-07-01, practice: " +
               std::to_string(hours) + " h}]\n    expect: {answer: met}\n";
    }
    static std::string from(const std::string& first, const std::string& until = "further notice") {
        return "from: " + first + ", until: " + until;
    }
    void write(const std::string& name, const std::string& what) { std::ofstream(files_.path() / name) << what; }

    ProposeRequest request(const std::string& edition, const std::string& what, const std::string& by) const {
        return {{edition + ".yaml", what, "file"}, {edition + ".cases.yaml", cases(edition), "file"}, "office", by, ""};
    }
    Reviewed propose(const std::string& edition, const std::string& what, const std::string& by = "") {
        Sight now = sight();
        return Publishing(house(), now.rulebook).propose(host, request(edition, what, by.empty() ? ana : by));
    }
    ProposalView approve(const std::string& edition, const std::string& digest, const std::string& by) {
        Sight now = sight();
        return Publishing(house(), now.rulebook).approve(host, "inv-ps", edition, digest.substr(0, 12), by);
    }
    Reviewed publish(const std::string& edition) {
        Sight now = sight();
        return Publishing(house(), now.rulebook).publish(host, "inv-ps", edition);
    }
    /// The whole way, by Ana, Bo and Cy.
    std::string published(const std::string& edition, const std::string& what) {
        const std::string digest = propose(edition, what).proposal.record.proposal.edition.digest;
        approve(edition, digest, bo);
        approve(edition, digest, cy);
        EXPECT_TRUE(publish(edition).done);
        return digest;
    }
    ProposalView standing(const std::string& edition) {
        Sight now = sight();
        for (const ProposalView& one : Publishing(house(), now.rulebook).list("inv-ps"))
            if (one.record.proposal.edition.edition == edition)
                last_ = one;
        return last_;
    }
    std::string chosen_on(const char* on) {
        Sight now = sight();
        const auto chosen = now.rulebook.choose("inv-ps", rules::event_days_on(day(on)));
        return chosen.program->edition().edition;
    }
    std::string problem_of_audit() {
        return house().store.read([](storage::UnitOfWork& work) { return work.audit.verify().problem; });
    }

    std::string ana, bo, cy, dee;

private:
    peercert::testing::TempFolder files_;
    ProposalView last_;
};

} // namespace peercert::services
