"""Makes Mailman's lists: lists.py CONFIGURATION LIST=MEMBER,MEMBER ..."""

import sys

from mailman.app.lifecycle import create_list
from mailman.core.initialize import initialize
from mailman.database.transaction import transaction
from mailman.interfaces.action import Action
from mailman.interfaces.domain import IDomainManager
from mailman.interfaces.mailinglist import DMARCMitigateAction
from mailman.interfaces.usermanager import IUserManager
from zope.component import getUtility


def main():
    initialize(sys.argv[1])
    with transaction():
        getUtility(IDomainManager).add('mailman.test')
        for definition in sys.argv[2:]:
            name, members = definition.split('=')
            make(name, members.split(','))


def make(name, members):
    mlist = create_list(f'{name}@mailman.test')
    mlist.subject_prefix = f'[{name}] '
    mlist.send_welcome_message = False
    mlist.admin_immed_notify = False
    mlist.default_member_action = Action.accept
    mlist.default_nonmember_action = Action.accept
    if name == 'munged':
        mlist.dmarc_mitigate_action = DMARCMitigateAction.munge_from
        # It would ask the DNS about anybody else.
        mlist.dmarc_addresses = ['^.*']
    for address in members:
        user = getUtility(IUserManager).make_user(address)
        mlist.subscribe(list(user.addresses)[0])


main()
