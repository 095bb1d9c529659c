project = "A course with a panel"
# The site, as `npm run build` leaves it in dist/, lies in extra/distill-lab/.
html_extra_path = ["extra"]
