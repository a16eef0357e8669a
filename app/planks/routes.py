"""Pages."""

from flask import Blueprint

pages = Blueprint("planks", __name__)
