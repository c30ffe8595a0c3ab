"""What happens without a request: the kinds of work that wait in the queue, and the sweeps.

Work of one lane is done one after another, beside that of the others.
"""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy.orm import Session

from contest import scheduler, simulation
from contest.accounts.services import forget_old_tries
from contest.corrections import desk as corrections_desk
from contest.corrections.jobs import count_effects
from contest.corrections.services.effects import WORK as COUNT_CORRECTION
from contest.db import db
from contest.entries import jobs
from contest.entries.services import files
from contest.media import forget_scratch
from contest.publication import desk as publication_desk
from contest.questions import jobs as questions_jobs
from contest.questions.services import importing
from contest.questions.services.similar import check_questions
from contest.quiz import jobs as quiz_jobs
from contest.quiz.domain.sample import Sample
from contest.quiz.services import printing, statistics
from contest.quiz.services.waiting import close_overdue_attempts, mark_waiting_attempts
from contest.standings.services import fix_due_targets
from contest.work import worker

FILES_LANE = "files"
STATISTICS_LANE = "statistics"
PRINTS_LANE = "prints"
IMPORTS_LANE = "imports"


def install() -> None:
    """Tell the queue and the scheduler what the features bring. Doing it again changes nothing."""
    _register_work()
    _register_sweeps()


def _register_work() -> None:
    worker.register_kind(simulation.KIND, simulation.grow)
    worker.register_kind(statistics.KIND, _draw_up_statistics, STATISTICS_LANE)
    worker.register_kind(printing.PRINT, _print_papers, PRINTS_LANE)
    worker.register_kind(importing.READ, _read_import, IMPORTS_LANE)
    worker.register_kind(files.CHECK, _check_file, FILES_LANE)
    worker.register_kind(files.CLEAR, _clear_file, FILES_LANE)
    worker.register_kind(COUNT_CORRECTION, _count_correction)
    for kind, run in {**corrections_desk.WORK, **publication_desk.WORK}.items():
        worker.register_kind(kind, run)


def _register_sweeps() -> None:
    scheduler.register(
        scheduler.Sweep("forget old tries", 3600, forget_old_tries),
        scheduler.Sweep("close overdue attempts", 5, close_overdue_attempts),
        scheduler.Sweep("mark attempts", 5, _mark_waiting),
        scheduler.Sweep("look at questions again", 5, check_questions),
        scheduler.Sweep("begin statistics", 60, statistics.begin_due_statistics),
        scheduler.Sweep("forget undecided imports", 600, importing.forget_imports),
        scheduler.Sweep("discard stale files", 600, files.discard_stale_files),
        scheduler.Sweep("check forgotten files", 600, files.check_forgotten_files),
        scheduler.Sweep("forget orphaned files", 3600, _forget_orphans),
        scheduler.Sweep("fix prediction targets", 30, fix_due_targets),
    )


def _print_papers(item: worker.Worker) -> None:
    """From the beginning, also when it was interrupted before."""
    item.done = 0
    storage, keys = current_app.extensions["storage"], current_app.extensions["keys"]
    means = quiz_jobs.Press(item.unit, item.stay, storage, current_app.config["SETTINGS"].data, keys)
    quiz_jobs.print_papers(means, item.arguments["print_id"])


def _draw_up_statistics(item: worker.Worker) -> None:
    """From the first attempt, also when it was interrupted before."""
    item.done = 0
    quiz_jobs.draw_up_statistics(item.unit, item.arguments["round_id"], Sample(item.arguments["sample"]))


def _read_import(item: worker.Worker) -> None:
    def reach(percent: int) -> None:
        with item.unit(max(0, percent - item.done)):
            pass

    data, storage = current_app.config["SETTINGS"].data, current_app.extensions["storage"]
    means = questions_jobs.Means(db.session, item.unit, reach, storage, data)
    questions_jobs.read_import(means, item.arguments["import_id"], item.arguments["author_id"])


def _check_file(item: worker.Worker) -> None:
    jobs.check_file(_means(item), item.arguments["file_id"])


def _clear_file(item: worker.Worker) -> None:
    jobs.clear_file(_means(item), item.arguments["file_id"])


def _means(item: worker.Worker) -> jobs.Means:
    return jobs.Means(item.unit, item.stay, current_app.extensions["storage"], current_app.config["SETTINGS"].data)


def _count_correction(item: worker.Worker) -> None:
    count_effects(item, current_app.extensions["keys"], db.session)


def _mark_waiting(session: Session, now: datetime) -> int:
    return mark_waiting_attempts(session, now, current_app.extensions["keys"])


def _forget_orphans(session: Session, now: datetime) -> int:
    """No write, no upload and no making of copies takes a day; what is older was left by a process that died."""
    storage, before = current_app.extensions["storage"], now - timedelta(days=1)
    storage.forget_leftovers(before)
    forget_scratch(current_app.config["SETTINGS"].data, before)
    jobs.forget_orphans(session, storage, before)
    questions_jobs.forget_orphans(session, storage, before)
    questions_jobs.forget_uploads(session, storage, before)
    printing.forget_files(session, storage, now)
    return 0
