#pragma once

#include "house_fixture.hpp"
#include "services/signatures.hpp"

namespace peercert::services {

/// A WRAP cohort of eight Fridays from 10 January 2025, on 1 March: Odessa is current until 2026, Bernard until 20
/// February 2025 (session 6 is on 14 February, session 7 on 21 February). People are invented.
class ASigningHouse : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        today_is("2025-03-01");
        odessa = a_facilitator("Odessa Whitfield", "2024-06-01");
        bernard = a_facilitator("Bernard Kowalczyk", "2023-02-20");
        learner = somebody("Dolores Quintero");
        a_wrap_cohort({odessa, bernard});
        cohorts->enrol(host, "wrap-1", learner, day("2025-01-10"));
        signatures.emplace(house(), rulebook);
    }
    Actor as(const std::string& code) { return {"person:" + code, people->show(host, code).person.id}; }
    NewSignOff in_session(const std::vector<std::string>& assessors, int session) {
        NewSignOff request;
        request.person = learner;
        request.curriculum = "wrap";
        request.competencies = {"samhsa-core/II.3"};
        request.cohort = "wrap-1";
        request.session = session;
        request.assessors = assessors;
        return request;
    }
    NewSignOff on_another_day(const std::string& assessor, const char* on) {
        NewSignOff request = in_session({assessor}, 0);
        request.cohort.clear();
        request.observed_on = day(on);
        return request;
    }
    /// By the assessor, as themselves.
    SignedOff seen_by(const std::string& assessor, int session) {
        return competencies->sign_off(as(assessor), in_session({assessor}, session));
    }
    /// What stands of the learner.
    std::vector<SignatureView> standing() { return signatures->of(host, learner, false); }
    domain::SignOffState state_of(std::size_t at) { return standing().at(at).detail.state; }
    bool audit_is_intact() {
        return house().store.read([](storage::UnitOfWork& work) { return work.audit.verify(); }).intact();
    }

    std::string odessa, bernard, learner;
    std::optional<Signatures> signatures;
};

} // namespace peercert::services
