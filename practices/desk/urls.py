"""Addresses below ``/<language>/desk/practices/``."""

from django.urls import path

from practices.desk import adoptions, judging, overview, writing

app_name = "practices-desk"
urlpatterns = [
    path("", overview.practice_list, name="list"),
    path("new/", overview.new, name="new"),
    path("adoptions/", adoptions.adoption_list, name="adoptions"),
    path("adoptions/new/<str:code>/", adoptions.adopt, name="adopt"),
    path("adoptions/<int:pk>/", adoptions.adoption_page, name="adoption"),
    path("adoptions/<int:pk>/change/", adoptions.change, name="adoption-change"),
    path("adoptions/<int:pk>/report/", adoptions.report, name="adoption-report"),
    path("adoptions/<int:pk>/withdraw/", adoptions.withdraw, name="adoption-withdraw"),
    path("revise/<str:code>/", overview.revise, name="revise"),
    path("<str:code>/", overview.case_page, name="case"),
    path("<str:code>/step/<int:number>/", writing.step, name="step"),
    path("<str:code>/here/", writing.here, name="here"),
    path("<str:code>/take-over/", writing.take_over, name="take-over"),
    path("<str:code>/read/", overview.read, name="read"),
    path("<str:code>/withdraw/", overview.withdraw, name="withdraw"),
    path("<str:code>/reply/", overview.reply, name="reply"),
    path("<str:code>/change/", overview.change, name="change"),
    path("<str:code>/remarks/<int:remark_id>/", overview.answer, name="answer"),
    path("<str:code>/review/", judging.review, name="review"),
    path("<str:code>/review/remarks/", judging.remark, name="remark"),
    path("<str:code>/review/remarks/<int:remark_id>/", judging.unpin, name="unpin"),
    path("<str:code>/review/release/", judging.release, name="release"),
]
