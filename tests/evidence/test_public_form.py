"""Who sees which form: the public that of what was public, nobody else's anything."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from govpub.evidence.codes import code_of, find_round, read_code
from govpub.evidence.models import SignaturePicture
from govpub.evidence.papers import form_pdf
from govpub.publishing import procedure
from govpub.publishing.models import Act, FormWords, Round
from govpub.roles import Role
from govpub.thai.dates import FiscalYear
from govpub.upkeep.takedown import remove, take_down_now
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


def addresses(request):
    year, number = request.fiscal_year, request.number
    return [f"/forms/{year}/{number}/", f"/forms/{year}/{number}.pdf"]


def test_the_form_of_what_is_public_is_public(published, client):
    request = published(title="แผนที่เปิดเผย")
    page, pdf = addresses(request)
    response = client.get(page)
    assert response.status_code == 200
    assert "แผนที่เปิดเผย" in response.content.decode()
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert " style=" not in response.content.decode().split("<article", 1)[1]
    response = client.get(pdf)
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


def test_the_item_links_to_its_form(published, client):
    request = published()
    content = client.get(request.page.url).content.decode()
    for address in addresses(request):
        assert f'href="{address}"' in content
    form = client.get(addresses(request)[0]).content.decode()
    assert f"/verify/{code_of(request.current_round)}/" in form


def test_the_form_stays_public_when_the_item_is_taken_down(published, people, client):
    request = published()
    take_down_now(
        request, by=people.webmaster, words="ครบกำหนด", public_reason="ยุติการเผยแพร่"
    )
    assert [client.get(a).status_code for a in addresses(request)] == [200, 200]


def test_the_notice_at_the_end_links_to_the_form(published, people, client):
    request = published()
    address = request.page.url
    take_down_now(
        request, by=people.webmaster, words="ครบกำหนด", public_reason="ยุติการเผยแพร่"
    )
    content = client.get(address).content.decode()
    assert f'href="{addresses(request)[0]}"' in content


def test_what_was_removed_for_good_is_gone_with_its_form(published, people, client):
    request = published(title="มีข้อมูลส่วนบุคคล")
    code = code_of(request.current_round)
    take_down_now(
        request, by=people.webmaster, words="ข้อมูลส่วนบุคคล", public_reason="ยุติการเผยแพร่"
    )
    remove(request, by=people.webmaster, words="ข้อมูลส่วนบุคคล", public_reason="ลบแล้ว")
    assert [client.get(a).status_code for a in addresses(request)] == [404, 404]
    assert addresses(request)[0] not in client.get(request.page.url).content.decode()
    content = client.get(f"/verify/{code}/").content.decode()
    assert request.code in content and "มีข้อมูลส่วนบุคคล" not in content


def test_no_form_of_what_was_never_public(proposed, people, client, second_office):
    request = proposed()
    assert [client.get(a).status_code for a in addresses(request)] == [404, 404]
    procedure.refuse(request, by=people.head, words="ไม่")
    assert [client.get(a).status_code for a in addresses(request)] == [404, 404]


def test_no_form_at_the_address_of_another_office(published, client):
    request = published()
    for address in addresses(request):
        assert client.get(address, HTTP_HOST="second.example").status_code == 404
    code = code_of(request.current_round)
    response = client.get(f"/verify/{code}/", HTTP_HOST="second.example")
    assert response.status_code == 404


def test_the_code_leads_to_the_state(published, client):
    request = published(title="แผนที่เปิดเผย")
    code = code_of(request.current_round)
    content = client.get(f"/verify/{code}/").content.decode()
    assert request.code in content
    assert "แผนที่เปิดเผย" in content
    assert content.count("✓") == 2
    for name in ("officer", "head", "webmaster"):
        assert f"position of {name}" not in content


def test_what_was_never_public_is_verified_without_its_topic(proposed, client):
    request = proposed(title="เรื่องภายใน")
    content = client.get(f"/verify/{code_of(request.current_round)}/").content.decode()
    assert request.code in content
    assert "เรื่องภายใน" not in content


@pytest.mark.parametrize(
    "code", ["2567-1-1-AAAAAAAA", "x", "' OR 1=1 --", "9" * 400, "๒๕๖๗", "%00", "<b>"]
)
def test_unknown_codes_are_told_apart(office, client, code):
    response = client.get("/verify/", {"code": code})
    assert response.status_code == 404
    assert "<b>" not in response.content.decode().split("<main", 1)[1]


def test_a_code_may_be_typed_badly(published, client):
    round_ = published().current_round
    code = code_of(round_)
    thai = code.lower().translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert find_round(round_.request.site, read_code(f" {thai} ")) == round_
    response = client.get("/verify/", {"code": thai})
    assert response.status_code == 302
    assert response["Location"] == f"/verify/{code}/"


def test_a_changed_record_is_found(published, client):
    request = published()
    code = code_of(request.current_round)
    Act.objects.filter(round__request=request, step="consider").update(person="คนอื่น")
    content = client.get(f"/verify/{code}/").content.decode()
    assert content.count("✗") == 1


def test_a_changed_page_is_found(published, client):
    request = published()
    code = code_of(request.current_round)
    type(request.page.specific).objects.filter(pk=request.page_id).update(summary="x")
    content = client.get(f"/verify/{code}/").content.decode()
    assert content.count("✗") == 1 and content.count("✓") == 1


def test_a_changed_form_has_another_code(published):
    round_ = published().current_round
    code = code_of(round_)
    round_.form["topic"] = "อื่น"
    Round.objects.filter(pk=round_.pk).update(form=round_.form)
    assert find_round(round_.request.site, read_code(code)) is None


NAMES = ("form", "memo", "print")


def admin_address(name, request):
    args = [request.current_round.pk]
    return reverse(f"govpub_evidence_admin:{name}", args=args)


@pytest.mark.parametrize("name", NAMES)
def test_the_papers_in_the_admin_are_the_offices_own(
    proposed, people, client, second_office, name
):
    request = proposed()
    other = make_person("other", second_office, Role.HEAD)
    for user, status in (
        (None, 302),
        (other, 404),
        (people.officer2, 200),
        (people.head, 200),
        (people.inspector, 200),
    ):
        client.logout()
        if user:
            client.force_login(user)
        for query in ({}, {"sign": "hand"}):
            response = client.get(admin_address(name, request), query)
            assert response.status_code == status, (user, query)


def test_the_review_offers_the_papers(proposed, people, client):
    request = proposed()
    client.force_login(people.head)
    review = client.get(reverse("govpub_publishing:review", args=[request.pk]))
    for name in NAMES:
        assert admin_address(name, request) in review.content.decode()
    assert client.get(reverse("govpub_evidence_admin:blank")).status_code == 200


def picture(size=(400, 120), kind="PNG") -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", size, "navy").save(stream, kind)
    return SimpleUploadedFile("sign.png", stream.getvalue())


ACCOUNT = {
    "name_email-first_name": "officer",
    "name_email-last_name": "officer",
    "name_email-email": "officer@example.com",
    "theme-theme": "system",
    "theme-contrast": "system",
    "theme-density": "default",
}


def change_account(client, **fields):
    named = {f"govpub_signature-{name}": value for name, value in fields.items()}
    return client.post(reverse("wagtailadmin_account"), {**ACCOUNT, **named})


def test_a_signature_picture_is_only_on_the_offices_copy(
    proposed, put_through, people, client, media_root
):
    client.force_login(people.officer)
    assert change_account(client, file=picture()).status_code == 302
    given = SignaturePicture.objects.get(user=people.officer)
    request = put_through(proposed())
    round_ = request.current_round
    public, own = form_pdf(round_), form_pdf(round_, office_copy=True)
    assert given.digest and public != own
    assert len(own) > len(public)
    # Nothing leads to it: not by address, not by the public form.
    client.logout()
    for name in ("media", "documents"):
        assert client.get(f"/{name}/private/{given.file.name}").status_code == 404
        assert client.get(f"/{name}/{given.file.name}").status_code == 404
    assert client.get(addresses(request)[1]).content == public


def test_a_picture_counts_for_what_is_signed_after_it(proposed, people):
    round_ = proposed().current_round
    before = form_pdf(round_, office_copy=True)
    SignaturePicture.objects.create(user=people.officer, file=picture())
    assert form_pdf(round_, office_copy=True) == before


def test_what_is_no_picture_is_refused(people, client):
    client.force_login(people.officer)
    for file in (
        SimpleUploadedFile("sign.png", b"<svg onload=alert(1)>"),
        SimpleUploadedFile("sign.svg", b"<svg/>"),
        picture(kind="GIF"),
    ):
        assert change_account(client, file=file).status_code == 200
        assert not SignaturePicture.objects.exists()


def test_a_person_may_take_the_pictures_back(people, client, media_root):
    SignaturePicture.objects.create(user=people.officer, file=picture())
    client.force_login(people.officer)
    assert change_account(client, forget="on").status_code == 302
    assert not SignaturePicture.objects.exists()
    assert not list(media_root.rglob("signatures/*"))


def words(office, **changes):
    return {
        "site": office.pk,
        "fiscal_year": FiscalYear.current().be,
        "heading": "หัว",
        "box_title": "กล่อง",
        "giver_title": "ก",
        "approver_title": "ข",
        "uploader_title": "ค",
        "signing": "electronic",
        "memo_number": "",
        "memo_to": "",
        "emblem": "",
        **changes,
    }


def test_the_web_master_keeps_the_words_of_the_year(
    office, second_office, people, client
):
    add = reverse("govpub_form_words:add")
    client.force_login(people.officer)
    assert client.post(add, words(office)).status_code == 302
    assert not FormWords.objects.exists()
    client.force_login(people.webmaster)
    assert "แบบฟอร์มการขอเผยแพร่ข้อมูล" in client.get(add).content.decode()
    client.post(add, words(second_office))
    client.post(add, words(office, fiscal_year=FiscalYear.current().be - 1))
    assert not FormWords.objects.exists()
    client.post(add, words(office))
    assert FormWords.objects.get().heading == "หัว"
